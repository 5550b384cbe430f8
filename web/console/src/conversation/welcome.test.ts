import { expect, it } from 'vitest';
import type { Conversation } from '../contract.ts';
import { isPast, isUnwelcome } from './welcome.ts';

const at = (minute: number) => `2026-11-21T15:0${minute}:00Z`;

function conversation(optedOutAt: string | undefined, direction?: 'inbound' | 'outbound', createdAt = at(0)): Conversation {
  return { optedOutAt, lastMessage: direction && { direction, createdAt } } as Conversation;
}

it('leaves a customer alone who wants no messages, until he writes again', () => {
  expect(isUnwelcome(conversation(undefined, 'outbound'))).toBe(false);
  expect(isUnwelcome(conversation(at(1)))).toBe(true);
  expect(isUnwelcome(conversation(at(1), 'inbound', at(1)))).toBe(true);
  expect(isUnwelcome(conversation(at(1), 'outbound', at(2)))).toBe(true);
  expect(isUnwelcome(conversation(at(1), 'inbound', at(3)))).toBe(false);
});

it('knows when a window is over', () => {
  expect(isPast(undefined, Date.parse(at(1)))).toBe(false);
  expect(isPast(at(2), Date.parse(at(1)))).toBe(false);
  expect(isPast(at(1), Date.parse(at(1)))).toBe(true);
});
