import { expect, it } from 'vitest';
import { formatAgo, formatDuration } from './time.ts';

it('says how long ago in one short word', () => {
  const at = Date.parse('2026-03-10T12:00:00Z');
  expect(formatAgo('2026-03-10T11:59:31Z', at)).toBe('now');
  expect(formatAgo('2026-03-10T11:15:00Z', at)).toBe('45 min');
  expect(formatAgo('2026-03-09T12:30:00Z', at)).toBe('23 h');
  expect(formatAgo('2026-03-08T12:00:00Z', at, 'en-GB')).toBe('8 Mar');
});

it('writes durations with the unit that fits', () => {
  expect([640, 1_610, 42_000, 125_000, 3_900_000].map(formatDuration)).toEqual(['640 ms', '1.6 s', '42 s', '2 min', '1 h 5 min']);
});
