import { beforeEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../shared/http.ts';
import type { Conversation, Message } from '../contract.ts';
import type { Follower, Live } from '../live.ts';
import type { Service } from '../service.ts';
import { Outbox } from './outbox.ts';
import { Thread, undoMs } from './thread.ts';

const conversation = (revision: number, change: Partial<Conversation> = {}): Conversation => ({
  id: 'c',
  channel: 'web',
  status: 'open',
  turn: 'assistant',
  revision,
  customer: { id: 'k', identifiers: [] },
  labels: [],
  lastActivityAt: '2026-03-10T10:00:00Z',
  createdAt: '2026-03-10T10:00:00Z',
  ...change,
});

const message = (sequence: number, type: Message['author']['type'] = 'customer'): Message => ({
  id: `m${sequence}`,
  conversationId: 'c',
  sequence,
  direction: type === 'customer' ? 'inbound' : 'outbound',
  author: { type },
  text: `${sequence}`,
  createdAt: '2026-03-10T10:00:00Z',
});

let stored: Message[];
let posted: { path: string; content: Record<string, unknown> }[];
let answer: (path: string) => unknown;
let followed: Follower | undefined;
let looks: number;
let outbox: Outbox;
let thread: Thread;

beforeEach(() => {
  localStorage.clear();
  stored = [];
  posted = [];
  followed = undefined;
  looks = 0;
  const service = {
    get: (path: string, { before }: { before?: number } = {}) => {
      if (path.startsWith('/api/conversations/')) return Promise.resolve(conversation(7));
      const older = stored.filter(({ sequence }) => sequence < before!);
      const items = older.slice(-50);
      return Promise.resolve({ items, next: older.length > items.length ? items[0]!.sequence : undefined });
    },
    post: async (path: string, content: Record<string, unknown>) => {
      posted.push({ path, content });
      // The answer never comes within the same turn.
      await Promise.resolve();
      return answer(path);
    },
  } as unknown as Service;
  const live = { follow: (follower: Follower) => (followed = follower), leave: () => undefined, viewing: () => looks++ } as unknown as Live;
  outbox = new Outbox(service, 'me');
  thread = new Thread('c', undefined, service, live, outbox);
});

const sequences = () => thread.view().messages.map(({ sequence }) => sequence);

it('opens at the end, follows from the revision it knows, and reads backwards on request', async () => {
  stored = Array.from({ length: 120 }, (_, index) => message(index + 1));
  await thread.open();
  expect([sequences()[0], sequences().at(-1)]).toEqual([71, 120]);
  expect(followed?.revision).toBe(7);

  await thread.loadEarlier();
  await thread.loadEarlier();
  expect(sequences()).toEqual(stored.map(({ sequence }) => sequence));
  expect(thread.view().earlier).toBe('none');
});

it('shows a reply at once and the stored copy instead of it, whichever of push and answer is first', async () => {
  await thread.open();
  answer = () => {
    thread.message({ ...message(1, 'agent'), id: 'stored', text: 'On its way' });
    expect(thread.view().outgoing).toEqual([]);
    return { messageId: 'stored' };
  };
  await thread.send('On its way', false);
  expect(thread.view().outgoing.map(({ text }) => text)).toEqual(['On its way']);
  await thread.flush();
  expect(thread.view().outgoing).toEqual([]);
  expect(thread.view().messages).toHaveLength(1);

  // The same words once more are another message.
  answer = () => ({ messageId: 'another' });
  await thread.send('On its way', false);
  await thread.flush();
  expect(thread.view().outgoing).toHaveLength(1);
});

it('holds a reply for a moment in which it can be taken back, and nothing of it was sent then', async () => {
  vi.useFakeTimers();
  try {
    await thread.open();
    answer = () => ({ messageId: 'stored' });
    await thread.send('Too fast', false, { attachments: [{ id: 'f', name: 'plan.pdf' }] });
    expect(thread.undo()).toMatchObject({ text: 'Too fast', attachments: [{ id: 'f', name: 'plan.pdf' }] });
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(posted).toEqual([]);
    expect(thread.view().outgoing).toEqual([]);

    await thread.send('Well thought', false);
    await vi.advanceTimersByTimeAsync(undoMs - 1);
    expect(posted).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(posted.map(({ content }) => content.text)).toEqual(['Well thought']);
    expect(thread.undo()).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

it('sends what is held before anything else happens, in order, and closes after it', async () => {
  await thread.open();
  answer = (path) => (path.endsWith('/messages') ? { messageId: path } : conversation(8, { turn: 'agent' }));
  await thread.send('First', false);
  await thread.send('Second', false);
  await thread.takeOver();
  await thread.send('Goodbye', false, { thenClose: true });
  thread.close();
  await vi.waitFor(() => expect(posted).toHaveLength(5), { timeout: 30_000 });
  expect(posted.map(({ path, content }) => content?.text ?? path.split('/').at(-1))).toEqual(['First', 'Second', 'take_over', 'Goodbye', 'close_conversation']);
});

it('stays open where the last reply was refused', async () => {
  await thread.open();
  answer = () => {
    throw new ServiceError(409, { detail: 'The conversation is closed.' });
  };
  await thread.send('Goodbye', false, { thenClose: true });
  await thread.flush();
  expect(posted).toHaveLength(1);
  expect(thread.view().outgoing[0]?.problem).toBe('The conversation is closed.');
});

it('knows who else looks, tells whoever is new, and forgets who fell silent', async () => {
  vi.useFakeTimers();
  try {
    const ada = { conversationId: 'c', operator: { id: 'a', name: 'Ada' }, here: true };
    thread.presence(ada);
    thread.presence(ada);
    expect(thread.view().others).toEqual(['Ada']);
    expect(looks).toBe(1);
    thread.presence({ ...ada, here: false });
    expect(thread.view().others).toEqual([]);
    thread.presence(ada);
    vi.advanceTimersByTime(60_000);
    expect(thread.view().others).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

it('sends again by itself what the service could not take yet, under the same id and in order', async () => {
  await thread.open();
  vi.useFakeTimers();
  try {
    answer = () => {
      throw new ServiceError(503, {});
    };
    const first = thread.send('First', true);
    const second = thread.send('Second', true);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(thread.view().outgoing.map(({ text, waits = false, problem }) => [text, waits, problem])).toEqual([['First', true, undefined], ['Second', false, undefined]]);
    expect(new Set(posted.map(({ content }) => content.text))).toEqual(new Set(['First']));

    answer = () => ({ messageId: `stored${posted.length}` });
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all([first, second]);
    expect(thread.view().outgoing.some(({ waits }) => waits)).toBe(false);
    expect(posted.at(-1)!.content.text).toBe('Second');
    expect(new Set(posted.map(({ content }) => content.clientMessageId)).size).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

it('does not send again what was discarded meanwhile', async () => {
  await thread.open();
  vi.useFakeTimers();
  try {
    answer = () => {
      throw new ServiceError(0, {});
    };
    const sent = thread.send('Hello', true);
    await vi.advanceTimersByTimeAsync(100);
    outbox.discard(thread.view().outgoing[0]!.clientMessageId);
    await vi.advanceTimersByTimeAsync(60_000);
    await sent;
    expect(posted).toHaveLength(1);
    expect(thread.view().outgoing).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

it('keeps what was refused with the reason, and sends it again under the same id', async () => {
  await thread.open();
  answer = () => {
    throw new ServiceError(409, { detail: 'The customer asked for no more messages.' });
  };
  await thread.send('Hello', true);
  const [failed] = thread.view().outgoing;
  expect(failed?.problem).toContain('no more messages');

  answer = () => ({ messageId: 'stored' });
  await outbox.post(failed!.clientMessageId);
  expect(thread.view().outgoing[0]?.problem).toBeUndefined();
  expect(posted[0]!.content.clientMessageId).toBe(posted[1]!.content.clientMessageId);
  expect(posted[1]!.content.private).toBe(true);
});

it('shows what the assistant writes until it is stored, withdrawn or a person takes over', async () => {
  await thread.open();
  thread.delta({ conversationId: 'c', version: 2, index: 0, text: 'We are ' });
  thread.delta({ conversationId: 'c', version: 2, index: 1, text: 'open' });
  thread.delta({ conversationId: 'c', version: 1, index: 0, text: 'late' });
  expect(thread.view().draft).toBe('We are open');
  thread.message(message(1, 'assistant'));
  expect(thread.view().draft).toBeUndefined();

  thread.delta({ conversationId: 'c', version: 3, index: 0, text: 'Again' });
  thread.conversation(conversation(8, { turn: 'agent' }));
  expect(thread.view().draft).toBeUndefined();
});

it('does not take an inbox push for something that was replayed', async () => {
  await thread.open();
  thread.conversation(conversation(9, { inboxRevision: 1_000 }));
  expect(thread.view().conversation?.revision).toBe(9);
  expect(thread.revision).toBe(7);
  thread.conversation(conversation(8));
  expect(thread.view().conversation?.revision).toBe(9);
});

it('says why a command failed and what to do', async () => {
  await thread.open();
  answer = () => {
    throw new ServiceError(503, {});
  };
  await thread.takeOver();
  expect(thread.view().problem).toContain('try again');
  answer = () => conversation(10, { turn: 'agent' });
  await thread.takeOver();
  expect(thread.view().problem).toBeUndefined();
  expect(thread.view().conversation?.turn).toBe('agent');
});

it('sends a template as what the messenger shall send instead of the text', async () => {
  answer = () => ({ messageId: 'm9' });
  await thread.send('order_update: 1001', false, { template: { name: 'order_update', language: 'en', values: ['1001'] } });
  await thread.flush();
  expect(posted).toMatchObject([{ path: '/api/conversations/c/messages', content: { text: 'order_update: 1001', template: { name: 'order_update', language: 'en', values: ['1001'] } } }]);
});
