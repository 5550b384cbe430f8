import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../shared/http.ts';
import type { Service } from '../service.ts';
import { Outbox, type Outgoing } from './outbox.ts';

let posted: { path: string; content: Record<string, unknown> }[];
let answer: (path: string) => unknown;

const service = {
  post: async (path: string, content: Record<string, unknown>) => {
    posted.push({ path, content });
    await Promise.resolve();
    return answer(path);
  },
} as unknown as Service;

const reply = (text: string, change: Partial<Outgoing> = {}): Outgoing => ({
  clientMessageId: text,
  conversationId: 'c',
  to: 'Maria',
  text,
  private: false,
  attachments: [],
  mentions: [],
  thenClose: false,
  held: false,
  afterSequence: 0,
  writtenAt: Date.now(),
  ...change,
});

const refused = (status: number, detail = '') => () => {
  throw new ServiceError(status, { detail });
};
const sent = () => posted.map(({ path, content }) => content.text ?? path.split('/').at(-1));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  posted = [];
  answer = () => ({ messageId: 'stored' });
});

afterEach(() => vi.useRealTimers());

it('goes on after a reload, in order and under the same ids', async () => {
  answer = refused(503);
  const before = new Outbox(service, 'me');
  for (const text of ['First', 'Second']) {
    before.add(reply(text));
    void before.post(text);
  }
  await vi.advanceTimersByTimeAsync(100);
  before.stop();
  posted = [];
  answer = () => ({ messageId: 'stored' });

  const after = new Outbox(service, 'me');
  after.start();
  await vi.advanceTimersByTimeAsync(100);
  expect(posted.map(({ content }) => content.clientMessageId)).toEqual(['First', 'Second']);

  new Outbox(service, 'me').start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(posted).toHaveLength(2);
});

it('asks before it sends what is no longer fresh', async () => {
  answer = refused(0);
  const before = new Outbox(service, 'me');
  before.add(reply('Now?'));
  void before.post('Now?');
  await vi.advanceTimersByTimeAsync(100);
  before.stop();
  posted = [];
  await vi.advanceTimersByTimeAsync(3_600_000);

  const after = new Outbox(service, 'me');
  after.start();
  await vi.advanceTimersByTimeAsync(100);
  expect(posted).toEqual([]);
  expect(after.view()[0]?.problem).toBe('The page was closed before the service had it.');
});

it('sends nothing in another person’s name', async () => {
  answer = refused(401);
  const mine = new Outbox(service, 'me');
  mine.add(reply('Mine'));
  void mine.post('Mine');
  await vi.advanceTimersByTimeAsync(100);
  mine.stop();
  posted = [];
  answer = () => ({ messageId: 'stored' });

  new Outbox(service, 'another').start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(posted).toEqual([]);

  new Outbox(service, 'me').start();
  await vi.advanceTimersByTimeAsync(100);
  expect(sent()).toEqual(['Mine']);
});

it('keeps a refusal over a reload until it is discarded', async () => {
  answer = refused(409, 'The customer asked for no more messages.');
  const before = new Outbox(service, 'me');
  before.add(reply('Hello'));
  await before.post('Hello');

  const after = new Outbox(service, 'me');
  after.start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(posted).toHaveLength(1);
  expect(after.view()).toMatchObject([{ text: 'Hello', problem: 'The customer asked for no more messages.' }]);

  after.discard('Hello');
  const last = new Outbox(service, 'me');
  last.start();
  expect(last.view()).toEqual([]);
});

it('sends nothing more that another tab discarded', async () => {
  answer = refused(503);
  const one = new Outbox(service, 'me');
  one.add(reply('Hello'));
  void one.post('Hello');
  await vi.advanceTimersByTimeAsync(100);
  const other = new Outbox(service, 'me');
  other.start();
  other.discard('Hello');
  const before = posted.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted).toHaveLength(before);
  expect(one.view()).toEqual([]);
});

it('closes after the reply, also where that takes a second try, and sends the reply once', async () => {
  answer = (path) => (path.endsWith('/messages') ? { messageId: 'stored' } : refused(503)());
  const outbox = new Outbox(service, 'me');
  outbox.add(reply('Goodbye', { thenClose: true }));
  const done = outbox.post('Goodbye');
  await vi.advanceTimersByTimeAsync(100);
  outbox.forgetStored('c');
  answer = () => ({});
  await vi.advanceTimersByTimeAsync(2_000);
  await done;
  expect(sent()).toEqual(['Goodbye', 'close_conversation', 'close_conversation']);
  outbox.forgetStored('c');
  expect(outbox.view()).toEqual([]);
});

it('says of a reply that was stored only that the conversation was not closed', async () => {
  answer = (path) => (path.endsWith('/messages') ? { messageId: 'stored' } : refused(403, 'Ask an admin.')());
  const outbox = new Outbox(service, 'me');
  outbox.add(reply('Goodbye', { thenClose: true }));
  await outbox.post('Goodbye');
  expect(outbox.view()).toMatchObject([{ messageId: 'stored', problem: expect.stringContaining('Ask an admin.') as unknown }]);
});
