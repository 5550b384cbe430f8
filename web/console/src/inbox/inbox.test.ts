import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, Page } from '../contract.ts';
import type { Service } from '../service.ts';
import type { Session } from '../session/session.ts';
import { addressOf, isWaiting, matches, readFilter, shows } from './filters.ts';
import { Inbox } from './inbox.ts';
import { readMarks } from './read-marks.ts';

const at = (minute: number) => new Date(Date.parse('2026-03-10T10:00:00Z') + minute * 60_000).toISOString();

function conversation(id: string, minute: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id,
    channel: 'web',
    status: 'open',
    turn: 'assistant',
    revision: 1,
    customer: { id: `of-${id}`, identifiers: [] },
    labels: [],
    lastActivityAt: at(minute),
    createdAt: at(0),
    lastMessage: { id: `${id}-1`, sequence: 1, direction: 'outbound', author: { type: 'assistant' }, text: '', createdAt: at(minute) },
    ...change,
  };
}

const fromCustomer = (id: string, minute: number, sequence = 1): Conversation['lastMessage'] => ({
  id: `${id}-${sequence}`,
  sequence,
  direction: 'inbound',
  author: { type: 'customer' },
  text: '',
  createdAt: at(minute),
});

let pages: Record<string, Page<Conversation>>;
let inbox: Inbox;

beforeEach(() => {
  pages = {};
  const service = {
    get: (_: string, query: Record<string, string | undefined>) =>
      Promise.resolve(pages[[query.waiting ? 'waiting' : query.mentioned ? 'mentions' : (query.status ?? 'all'), query.q, query.cursor].filter(Boolean).join(' ')] ?? { items: [] }),
  } as unknown as Service;
  inbox = new Inbox({ user: { id: 'me' } } as unknown as Session, service);
});

const shown = () => inbox.view().items.map(({ id }) => id);
const filter = (text = '') => readFilter(new URLSearchParams(text));

describe('the list', () => {
  it('shows newest activity first, and what is pushed where it belongs', async () => {
    pages.all = { items: [conversation('b', 20), conversation('a', 10)] };
    await inbox.select(filter());
    inbox.changed(conversation('a', 30, { revision: 2 }));
    inbox.changed(conversation('c', 25));
    expect(shown()).toEqual(['a', 'c', 'b']);
  });

  it('does not go back to an older revision', async () => {
    pages.all = { items: [conversation('a', 10, { revision: 5, status: 'closed' })] };
    await inbox.select(filter());
    inbox.changed(conversation('a', 5, { revision: 4 }));
    expect(inbox.view().items[0]!.status).toBe('closed');
  });

  it('leaves no gap: what is older than the pages read waits for its page', async () => {
    pages.all = { items: [conversation('d', 40), conversation('c', 30)], next: '2' };
    pages['all 2'] = { items: [conversation('b', 20), conversation('a', 10)] };
    await inbox.select(filter());
    inbox.changed(conversation('a', 10));
    expect(shown()).toEqual(['d', 'c']);
    expect(inbox.view().more).toBe(true);
    await inbox.more();
    expect(shown()).toEqual(['d', 'c', 'b', 'a']);
    expect(inbox.view().more).toBe(false);
  });

  it('puts who waits longest first, and drops who waits no more', async () => {
    pages.waiting = {
      items: [conversation('early', 5, { status: 'pending', turn: 'agent' }), conversation('middle', 40, { turn: 'agent', clock: { response: 'next', waitingSince: at(20) }, lastMessage: fromCustomer('middle', 40) })],
      next: '2',
    };
    pages['waiting 2'] = { items: [conversation('late', 30, { status: 'pending', turn: 'agent' })] };
    await inbox.select(filter('view=waiting'));
    // Who is further back than what was read waits for the page.
    inbox.changed(conversation('later', 40, { status: 'pending', turn: 'agent' }));
    expect(shown()).toEqual(['early', 'middle']);
    await inbox.more();
    expect(shown()).toEqual(['early', 'middle', 'late', 'later']);
    expect(inbox.view().waiting).toBe(4);

    inbox.changed(conversation('early', 40, { revision: 2, turn: 'agent' }));
    expect(shown()).toEqual(['middle', 'late', 'later']);
  });

  it('shows what a search found, not what else is known', async () => {
    pages.all = { items: [conversation('b', 20), conversation('a', 10)] };
    pages['all vase'] = { items: [conversation('a', 10)] };
    await inbox.select(filter());
    await inbox.select(filter('q=vase'));
    inbox.changed(conversation('c', 50));
    expect(shown()).toEqual(['a']);
  });
});

describe('lists that only some belong to', () => {
  it('shows where the operator is named, by the service’s word', async () => {
    pages.all = { items: [conversation('b', 20), conversation('a', 10)] };
    pages.mentions = { items: [conversation('a', 10)] };
    await inbox.select(filter());
    await inbox.select(filter('view=mentions'));
    expect(shown()).toEqual(['a']);
  });

  it('reads for what is unread only back to when this device began', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const fresh = conversation('fresh', 0, { lastActivityAt: soon, lastMessage: { ...fromCustomer('fresh', 0)!, createdAt: soon } });
    pages.all = { items: [fresh, conversation('old', 10)], next: '2' };
    await inbox.select(filter('view=unread'));
    expect(shown()).toEqual(['fresh']);
    expect(inbox.view().more).toBe(false);
    readMarks.mark('fresh', 1);
    expect(shown()).toEqual([]);
  });
});

describe('filters', () => {
  it('reads the address and takes nothing it does not know', () => {
    expect(filter('view=mine&channel=whatsapp&q=+vase+')).toEqual({ view: 'mine', channel: 'whatsapp', label: '', q: 'vase', team: '' });
    expect(filter('view=strange').view).toBe('all');
  });

  it('knows who waits for people', () => {
    expect(isWaiting(conversation('a', 1, { status: 'pending', turn: 'agent' }))).toBe(true);
    expect(isWaiting(conversation('a', 1, { turn: 'agent', clock: { response: 'next', waitingSince: at(1) } }))).toBe(true);
    expect(isWaiting(conversation('a', 1, { turn: 'agent', clock: { response: 'next', resolutionDueAt: at(9) } }))).toBe(false);
    expect(isWaiting(conversation('a', 1, { status: 'closed', turn: 'agent' }))).toBe(false);
  });

  it('is the saved view with the same parts', () => {
    const saved = { id: 'v', name: 'VIP', shared: true, own: false, filter: { view: 'all', label: 'vip' } };
    expect(shows(saved, filter('label=vip'))).toBe(true);
    expect(shows(saved, filter('label=vip&view=mine'))).toBe(false);
    expect(shows(saved, filter('label=vip&team=t'))).toBe(false);
    expect(shows({ ...saved, filter: { ...saved.filter, team: 't' } }, filter('label=vip&team=t'))).toBe(true);
    expect(addressOf({ ...saved.filter, team: 't' })).toMatchObject({ label: 'vip', team: 't', channel: undefined });
    expect(matches(conversation('a', 1, { labels: ['vip'] }), filter('label=vip'), 'me')).toBe(true);
    expect(matches(conversation('a', 1), filter('label=vip'), 'me')).toBe(false);
  });

  it('keeps to channel and assignee', () => {
    const mine = conversation('a', 1, { channel: 'whatsapp', assignee: { id: 'me' } });
    expect(matches(mine, filter('view=mine'), 'me')).toBe(true);
    expect(matches(mine, filter('view=mine&channel=web'), 'me')).toBe(false);
    expect(matches(mine, filter('view=unassigned'), 'me')).toBe(false);
  });
});

it('marks as unread what came after the last look', () => {
  const fresh = conversation('u', 0, { lastMessage: { ...fromCustomer('u', 0, 3)!, createdAt: '2999-01-01T00:00:00Z' } });
  expect(readMarks.isUnread(fresh)).toBe(true);
  readMarks.mark('u', 3);
  expect(readMarks.isUnread(fresh)).toBe(false);
  expect(readMarks.isUnread({ ...fresh, lastMessage: { ...fresh.lastMessage!, sequence: 4 } })).toBe(true);
  expect(readMarks.isUnread({ ...fresh, lastMessage: { ...fresh.lastMessage!, sequence: 5, author: { type: 'agent' } } })).toBe(false);
  expect(readMarks.isUnread(conversation('old', 0, { lastMessage: fromCustomer('old', 0) }))).toBe(false);
});
