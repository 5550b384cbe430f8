import { expect, it } from 'vitest';
import { averageMs, bucketsOf, ceiling, changeInWords, rangeBefore, rangeOf, seriesOf, sum } from './figures.ts';

const now = Date.parse('2026-03-10T15:30:00Z');

it('begins at midnight of UTC and ends now, as the service cuts its days', () => {
  expect(rangeOf('today', now)).toEqual({ from: '2026-03-10T00:00:00.000Z', to: '2026-03-10T15:30:00.000Z', bucket: 'hour' });
  expect(rangeOf('7', now).from).toBe('2026-03-04T00:00:00.000Z');
});

it('compares a day so far with the same hours of the day before, never with a whole day', () => {
  expect(rangeBefore(rangeOf('today', now))).toEqual({ from: '2026-03-09T00:00:00.000Z', to: '2026-03-09T15:30:00.000Z' });
  expect(rangeBefore(rangeOf('7', now))).toEqual({ from: '2026-02-25T00:00:00.000Z', to: '2026-03-03T15:30:00.000Z' });
});

it('has a bucket for every hour and day, empty ones too', () => {
  expect(bucketsOf('2026-03-10T00:00:00Z', '2026-03-10T15:30:00Z', 'hour')).toHaveLength(16);
  expect(bucketsOf('2026-03-04T00:00:00Z', '2026-03-10T15:30:00Z', 'day')).toHaveLength(7);
});

it('loses nothing where keys are put together', () => {
  const buckets = bucketsOf('2026-03-09T00:00:00Z', '2026-03-10T12:00:00Z', 'day');
  const totals = ['a', 'b', 'c', 'd', 'e'].map((key, index) => ({ key, count: 10 - index }));
  const items = totals.map(({ key, count }) => ({ key, count, bucketStart: '2026-03-10T00:00:00Z' }));
  const series = seriesOf(items, totals, buckets);
  expect(series.map(({ key, values }) => [key, ...values])).toEqual([
    ['a', 0, 10],
    ['b', 0, 9],
    ['c', 0, 8],
    ['other', 0, 13],
  ]);
  expect(series.flatMap(({ values }) => values).reduce((a, b) => a + b)).toBe(sum(totals));
});

it('weighs means by how many they are of', () => {
  expect(averageMs([{ key: 'web', count: 1, averageMs: 1_000 }, { key: 'whatsapp', count: 3, averageMs: 2_000 }])).toBe(1_750);
  expect(averageMs([])).toBeUndefined();
});

it('says changes in words', () => {
  expect(changeInWords(12, 10, 'yesterday by now')).toBe('20% more than yesterday by now');
  expect(changeInWords(5, 10, 'yesterday by now')).toBe('50% fewer than yesterday by now');
  expect(changeInWords(3, 0, 'yesterday by now')).toBe('None yesterday by now');
});

it('ends the axis on a round number whose half is one too', () => {
  expect([0, 3, 7, 11, 45, 101, 999].map(ceiling)).toEqual([4, 4, 8, 20, 50, 200, 1_000]);
});
