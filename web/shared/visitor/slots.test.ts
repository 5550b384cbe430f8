import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Card } from '../contract.ts';
import { wordsFor } from '../../widget/src/words.ts';
import { serverClock } from './service.ts';
import { slotsOf } from './slots.ts';

const { words } = wordsFor(['en']);
const card: Card = {
  kind: 'booking',
  id: 's',
  title: 'Haircut',
  timeZone: 'Europe/Nicosia',
  slots: [
    { id: 'c', start: '2026-11-25T08:00:00Z', title: 'Wednesday at 10:00' },
    { id: 'a', start: '2026-11-24T08:00:00Z', title: 'Tuesday at 10:00' },
    { id: 'b', start: '2026-11-24T22:30:00Z', title: 'Wednesday at 0:30' },
  ],
};
const now = Date.parse('2026-11-22T10:00:00Z');

function show(change: Partial<Card> = {}, next?: string) {
  const asked: string[] = [];
  const element = slotsOf({ ...card, ...change }, { words, language: 'en-GB', ask: (text) => asked.push(text), next, since: '2026-11-22T10:00:00Z' });
  document.body.replaceChildren(element);
  const texts = (selector: string) => [...element.querySelectorAll<HTMLElement>(selector)].map(({ textContent }) => textContent);
  const times = () => texts('.time').map((text) => text.split(', ')[0]);
  return { element, asked, texts, times };
}

beforeEach(() => {
  vi.useFakeTimers({ now });
  serverClock.aheadMs = 0;
});

afterEach(() => {
  vi.useRealTimers();
  serverClock.aheadMs = 0;
  document.body.replaceChildren();
});

it('shows the days in the shop’s own time, and the times of the day that is chosen', () => {
  const { element, texts, times, asked } = show();
  expect(texts('.day')).toEqual(['Tue 24 November', 'Wed 25 November']);
  expect(times()).toEqual(['10:00']);
  element.querySelectorAll<HTMLElement>('.day')[1]!.click();
  expect(times()).toEqual(['00:30', '10:00']);
  expect(element.querySelectorAll('.day')[1]!.getAttribute('aria-pressed')).toBe('true');
  element.querySelectorAll<HTMLElement>('.time')[1]!.click();
  expect(asked).toEqual(['Wednesday at 10:00']);
});

it('counts down by the server’s clock, warns once, and says what to do when it is over', () => {
  // This device is an hour slow.
  vi.setSystemTime(now - 3_600_000);
  serverClock.aheadMs = 3_600_000;
  const { element, texts } = show({ held: { slotId: 'c', heldUntil: '2026-11-22T10:05:00Z' } });
  expect(texts('.day')).toHaveLength(2);
  expect(element.querySelector('.time-held')!.textContent).toBe('10:00, Wednesday at 10:00');
  expect(element.querySelector('.held')!.textContent).toContain('Wednesday at 10:00 is kept for you for 5:00.');
  const left = element.querySelector('.ring-left')!;
  expect(Number(left.getAttribute('stroke-dashoffset'))).toBeCloseTo(0);

  vi.advanceTimersByTime(4 * 60_000);
  expect(element.querySelector('.held')!.textContent).toContain('1:00');
  expect(Number(left.getAttribute('stroke-dashoffset'))).toBeCloseTo(2 * Math.PI * 8 * 0.8);
  expect(element.querySelector('[role=status]')!.textContent).toBe(words.heldEnds);

  vi.advanceTimersByTime(60_000);
  expect(element.querySelector('[role=status]')!.textContent).toBe(words.heldOver);
  expect(element.querySelector('.ring')).toBeNull();
  expect(element.querySelector('.time-held')).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

it('counts no more once it is gone from the page', () => {
  const { element } = show({ held: { slotId: 'a', heldUntil: '2026-11-22T10:05:00Z' } });
  vi.advanceTimersByTime(1_000);
  element.remove();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});

it('shows what was chosen, or that something else was written', () => {
  expect(show({}, 'Tuesday at 10:00').element.textContent).toContain('Tuesday at 10:00');
  const closed = show({}, 'Never mind').element;
  expect(closed.textContent).toContain(words.slotsClosed);
  expect(closed.querySelector('button')).toBeNull();
});

it('shows an offer without times as what it says', () => {
  expect(show({ slots: [] }).element.textContent).toBe('Haircut');
});
