import { expect, it } from 'vitest';
import type { Conversation } from '../contract.ts';
import { clockOf, isLate } from './clock.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const pending = (change: Partial<Conversation>) =>
  ({ status: 'pending', turn: 'agent', createdAt: at(-60), lastActivityAt: at(-6), labels: [], ...change }) as unknown as Conversation;

it('counts down to the answer, warns when most of the time has passed, and says how late it is', () => {
  const answer = (due: number) => pending({ clock: { response: 'first', waitingSince: at(-6), responseDueAt: at(due) } });
  expect(clockOf(answer(14), now)).toMatchObject({ level: 'calm', share: 0.3, words: 'First answer due in 14 min' });
  expect(clockOf(answer(2), now)).toMatchObject({ level: 'warning', short: 'Due in 2 min' });
  expect(clockOf(answer(-125), now)).toMatchObject({ level: 'danger', share: 1, short: 'Late by 2 h 5 min' });
  expect(isLate(answer(-1), now)).toBe(true);
  expect(isLate(answer(1), now)).toBe(false);
});

it('shows the promise that ends first', () => {
  const clock = { response: 'next' as const, waitingSince: at(-6), responseDueAt: at(10), resolutionDueAt: at(5) };
  expect(clockOf(pending({ clock }), now)!.words).toBe('End due in 5 min');
  expect(clockOf(pending({ status: 'open', clock: { response: 'next', resolutionDueAt: at(3_000) } }), now)!.words).toBe('End due in 2 days');
});

it('measures the wait where nothing is promised, and nothing where nobody waits', () => {
  expect(clockOf(pending({}), now)).toMatchObject({ level: 'warning', short: undefined });
  expect(clockOf(pending({ lastActivityAt: at(-1) }), now)).toMatchObject({ level: 'calm' });
  expect(clockOf(pending({ status: 'open', turn: 'assistant' }), now)).toBeUndefined();
});
