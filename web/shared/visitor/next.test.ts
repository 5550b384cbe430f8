import { expect, it } from 'vitest';
import type { Message } from '../contract.ts';
import { nextAfter } from './next.ts';
import type { Outgoing } from './outbox.ts';

let sequence = 0;
const said = (type: Message['author']['type'], text: string, more: Partial<Message> = {}): Message => ({
  id: `m${++sequence}`, conversationId: 'c', sequence, direction: 'inbound', author: { type }, text, createdAt: '2026-11-22T10:00:00Z', ...more,
});
const form = { kind: 'form', id: 'f', title: 'An appointment' };
const waiting = (text: string, refusal?: string): Outgoing => ({ clientMessageId: text, text, writtenAt: '2026-11-22T10:00:00Z', afterSequence: 0, refusal });

it('is open until the visitor writes, also where that is not stored yet', () => {
  const asked = said('assistant', 'Which day?', { cards: [form] });
  expect(nextAfter([asked, said('agent', 'Hello')], [], 0)).toBeUndefined();
  expect(nextAfter([asked, said('agent', 'Hello'), said('customer', 'Tuesday')], [], 0)).toBe('Tuesday');
  expect(nextAfter([asked], [waiting('Wednesday')], 0)).toBe('Wednesday');
  expect(nextAfter([asked], [waiting('Wednesday', 'Too long')], 0)).toBeUndefined();
});

it('is over once something newer is asked, or another conversation began', () => {
  const asked = said('assistant', 'Which day?', { cards: [form] });
  expect(nextAfter([asked, said('assistant', 'Which day?', { cards: [form] })], [], 0)).toBe('');
  expect(nextAfter([asked, said('system', '', { conversationId: 'd' })], [], 0)).toBe('');
});
