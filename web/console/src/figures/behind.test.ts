import { expect, it } from 'vitest';
import { backFrom, behindIn, behindQuery, countedIn } from './behind.ts';

const asked = { figure: 'channel_stats', key: 'whatsapp', channel: 'whatsapp', from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' };

it('says in an address what a number counts, and the way back', () => {
  const query = behindQuery(asked, '7');
  const behind = behindIn(query);
  expect(behind.question).toEqual(asked);
  expect(behind.title).toBe('Messages from customers: WhatsApp');
  expect(backFrom(query).toString()).toBe('channel=whatsapp&span=7');
  expect(backFrom(behindQuery({ ...asked, channel: undefined }, 'today')).toString()).toBe('');
});

it('calls each number by what it counts', () => {
  const title = (figure: string, key?: string) => behindIn(behindQuery({ ...asked, figure, key }, '7')).title;
  expect(title('funnel', 'kept')).toBe('Conversations: kept by the assistant');
  expect(title('satisfaction', '4')).toBe('Rated: 4 of 5');
  expect(title('intent_stats', 'order_status')).toBe('What customers want: Order status');
  expect(title('response_times')).toBe('Answers by the assistant');
  expect(countedIn('messages', { total: 1, conversations: 1, items: [] })).toBe('1 message in 1 conversation');
  expect(countedIn('promises', { total: 12, conversations: 5, items: [] })).toBe('12 promises in 5 conversations');
  expect(countedIn(undefined, { total: 3, conversations: 3, items: [] })).toBe('3 conversations');
});
