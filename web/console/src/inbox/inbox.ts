import type { Conversation, Page } from '../contract.ts';
import type { InboxListener } from '../live.ts';
import { sentence, type Service } from '../service.ts';
import type { Session } from '../session/session.ts';
import { Store } from '../store.ts';
import { dueAt } from './clock.ts';
import { isWaiting, matches, queriesOf, waitingSince, type Filter } from './filters.ts';
import { readMarks } from './read-marks.ts';

export interface InboxView {
  filter: Filter;
  items: readonly Conversation[];
  state: 'loading' | 'ready';
  more: boolean;
  problem: string | undefined;
  /** How many wait for people, as far as is known here. */
  waiting: number;
  /** Changes when something is read. */
  reads: number;
}

/** One of the service's lists, read from the newest on. */
interface Source {
  query: Record<string, string | undefined>;
  next: string | undefined;
  /** Where the last one read stands in the list's order: those after it may be missing between those that are known. */
  until: number;
}

const pageSize = 100;

/**
 * The list of conversations. Everything that was read or pushed is kept, and a list shows what matches its filter as far
 * back as it was read; a search shows what the service found.
 */
export class Inbox extends Store<InboxView> implements InboxListener {
  #session: Session;
  #service: Service;
  #known = new Map<string, Conversation>();
  #found: Set<string> | undefined;
  #filter: Filter = { view: 'all', channel: '', label: '', q: '', team: '' };
  #sources: Source[] = [];
  #state: 'loading' | 'ready' = 'loading';
  #busy = false;
  #problem: string | undefined;
  #asked = 0;

  constructor(session: Session, service: Service) {
    super();
    this.#session = session;
    this.#service = service;
    readMarks.subscribe(() => this.show());
  }

  find(id: string): Conversation | undefined {
    return this.#known.get(id);
  }

  /** Knows who waits, whichever list is shown. */
  async start(): Promise<void> {
    try {
      const { items } = await this.#service.get<Page<Conversation>>('/api/conversations/list', { waiting: 'true', limit: pageSize });
      this.#keep(items);
    } catch {
      // The list itself says what is wrong.
    }
  }

  select(filter: Filter): Promise<void> {
    this.#filter = filter;
    return this.reload(true);
  }

  /** Time passes: what was on time may be late. */
  tick(): void {
    if (this.#filter.view === 'overdue') this.show();
  }

  async reload(anew = false): Promise<void> {
    const asked = ++this.#asked;
    const sources = queriesOf(this.#filter).map((query): Source => ({ query, next: undefined, until: Number.POSITIVE_INFINITY }));
    if (anew) {
      this.#state = 'loading';
      this.#sources = sources;
      this.#found = this.#isFound() ? new Set() : undefined;
      this.show();
    }
    try {
      const pages = await Promise.all(sources.map((source) => this.#read(source, undefined)));
      if (asked !== this.#asked) return;
      this.#sources = sources;
      if (this.#isFound()) this.#found = new Set(pages.flat().map(({ id }) => id));
      this.#problem = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#problem = sentence(error);
    }
    this.#state = 'ready';
    this.show();
  }

  /** Reads the next page of what is not read to its end. */
  async more(): Promise<void> {
    if (this.#busy || this.#state === 'loading') return;
    const asked = this.#asked;
    const unread = this.#sources.filter((source) => source.next !== undefined);
    if (unread.length === 0) return;
    this.#busy = true;
    try {
      const pages = await Promise.all(unread.map((source) => this.#read(source, source.next)));
      if (asked !== this.#asked) return;
      for (const { id } of pages.flat()) this.#found?.add(id);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = sentence(error);
    } finally {
      this.#busy = false;
      this.show();
    }
  }

  changed(conversation: Conversation): void {
    this.#keep([conversation]);
  }

  back(): void {
    void this.reload();
  }

  async #read(source: Source, cursor: string | undefined): Promise<Conversation[]> {
    const page = await this.#service.get<Page<Conversation>>('/api/conversations/list', { ...source.query, cursor, limit: pageSize });
    const last = page.items.at(-1);
    source.until = page.next === undefined || !last ? Number.NEGATIVE_INFINITY : this.#rank(last);
    // What was there before this device counts as read: nothing further down is unread.
    source.next = this.#filter.view === 'unread' && source.until < readMarks.since ? undefined : page.next;
    this.#keep(page.items);
    return page.items;
  }

  /** Only the service knows which belong into these lists. */
  #isFound(): boolean {
    return this.#filter.q !== '' || this.#filter.view === 'mentions';
  }

  /** Higher is further up: the newest activity, or the longest wait. */
  #rank(conversation: Conversation): number {
    if (this.#filter.view === 'overdue') return -(dueAt(conversation) ?? 0);
    return this.#filter.view === 'waiting' ? -Date.parse(waitingSince(conversation)) : Date.parse(conversation.lastActivityAt);
  }

  #keep(conversations: readonly Conversation[]): void {
    for (const conversation of conversations) {
      const known = this.#known.get(conversation.id);
      if (!known || conversation.revision >= known.revision) this.#known.set(conversation.id, conversation);
    }
    this.show();
  }

  protected look(): InboxView {
    const userId = this.#session.user?.id ?? '';
    const until = Math.max(...this.#sources.map((source) => source.until));
    // Ranked once each: comparing two of ten thousand must not read dates.
    const ranked = [...this.#known.values()]
      .filter((conversation) => matches(conversation, this.#filter, userId) && (!this.#found || this.#found.has(conversation.id)))
      .map((conversation) => ({ conversation, rank: this.#rank(conversation) }))
      .filter(({ rank }) => this.#found || rank >= until)
      .sort((a, b) => b.rank - a.rank || (a.conversation.id < b.conversation.id ? 1 : -1));
    const items = ranked.map(({ conversation }) => conversation);
    return {
      filter: this.#filter,
      items: this.#state === 'loading' ? [] : items,
      state: this.#state,
      more: this.#sources.some((source) => source.next !== undefined),
      problem: this.#problem,
      waiting: [...this.#known.values()].filter(isWaiting).length,
      reads: readMarks.version,
    };
  }
}
