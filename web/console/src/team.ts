import type { CannedAnswer, Macro, Page, TeamOfPeople, User } from './contract.ts';
import type { Service } from './service.ts';

const freshMs = 60_000;

/** What all operators share and what seldom changes: asked for when it is needed, and once a minute at most. */
export class Team {
  /** Those who answer. */
  readonly people: () => Promise<readonly User[]>;
  readonly answers: () => Promise<readonly CannedAnswer[]>;
  readonly macros: () => Promise<readonly Macro[]>;
  readonly teams: () => Promise<readonly TeamOfPeople[]>;

  constructor(service: Service) {
    const list = <Item>(path: string) => kept(async () => (await service.get<Page<Item>>(path)).items);
    const users = list<User>('/api/users');
    this.people = async () => (await users()).filter(({ disabled, role }) => !disabled && role !== 'viewer');
    this.answers = list<CannedAnswer>('/api/canned_answers');
    this.macros = list<Macro>('/api/macros');
    this.teams = list<TeamOfPeople>('/api/teams');
  }
}

function kept<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; value: Promise<Value> } | undefined;
  return () => {
    if (last && Date.now() - last.at < freshMs) return last.value;
    const asked = { at: Date.now(), value: read() };
    // What failed is asked for again.
    asked.value.catch(() => {
      if (last === asked) last = undefined;
    });
    last = asked;
    return asked.value;
  };
}
