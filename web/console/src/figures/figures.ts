// What the figures' pages compute from the services' answers. Sums and weighted means only: a median of medians is none.

export interface Figure {
  bucketStart?: string;
  key: string;
  count: number;
  averageMs?: number;
  p50Ms?: number;
  p90Ms?: number;
  /** Of promises: how many were kept. */
  kept?: number;
  cost?: { amount: string; currency: string };
}

export interface FigureAnswer {
  from: string;
  to: string;
  bucket: string;
  items: Figure[];
  totals: Figure[];
}

export type Span = 'today' | '7' | '30' | '90';

export const spans: Record<Span, string> = { today: 'Today', '7': '7 days', '30': '30 days', '90': '90 days' };

const dayMs = 86_400_000;

/** Whole days of UTC, as the service cuts its buckets, and the day so far. */
export function rangeOf(span: Span, now: number): { from: string; to: string; bucket: 'hour' | 'day' } {
  const today = Math.floor(now / dayMs) * dayMs;
  const days = span === 'today' ? 1 : Number(span);
  return {
    from: new Date(today - (days - 1) * dayMs).toISOString(),
    to: new Date(now).toISOString(),
    bucket: span === 'today' ? 'hour' : 'day',
  };
}

/** The same stretch of time right before it, up to the same moment of its last day. */
export function rangeBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const begin = Date.parse(from);
  const end = Date.parse(to);
  const days = Math.ceil((end - begin) / dayMs) * dayMs;
  return { from: new Date(begin - days).toISOString(), to: new Date(end - days).toISOString() };
}

/** Every bucket of the range, those without events too. */
export function bucketsOf(from: string, to: string, bucket: 'hour' | 'day'): number[] {
  const step = bucket === 'hour' ? dayMs / 24 : dayMs;
  const first = Math.floor(Date.parse(from) / step) * step;
  const count = Math.ceil((Date.parse(to) - first) / step);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

export function sum(totals: readonly Figure[]): number {
  return totals.reduce((all, { count }) => all + count, 0);
}

export function averageMs(totals: readonly Figure[]): number | undefined {
  const timed = totals.filter(({ averageMs: mean }) => mean !== undefined);
  const count = sum(timed);
  return count === 0 ? undefined : timed.reduce((all, figure) => all + figure.averageMs! * figure.count, 0) / count;
}

export function valueOf(totals: readonly Figure[], key: string): number {
  return totals.find((figure) => figure.key === key)?.count ?? 0;
}

export interface Series {
  key: string;
  values: number[];
}

/** One series for each of the most frequent keys, and one for all others. */
export function seriesOf(items: readonly Figure[], totals: readonly Figure[], buckets: readonly number[], most = 4): Series[] {
  const keys = [...totals].sort((a, b) => b.count - a.count || a.key.localeCompare(b.key)).map(({ key }) => key);
  const named = keys.length > most ? keys.slice(0, most - 1) : keys;
  const series = new Map<string, number[]>(named.map((key) => [key, buckets.map(() => 0)]));
  for (const { bucketStart, key, count } of items) {
    const index = buckets.indexOf(Date.parse(bucketStart!));
    if (index < 0) continue;
    const name = named.includes(key) ? key : 'other';
    const values = series.get(name) ?? buckets.map(() => 0);
    values[index]! += count;
    series.set(name, values);
  }
  return [...series].map(([key, values]) => ({ key, values }));
}

/** In words, so that nobody has to read an arrow. */
export function changeInWords(now: number, before: number, period: string): string {
  if (before === 0) return now === 0 ? `None ${period} either` : `None ${period}`;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return `As many as ${period}`;
  return `${Math.abs(percent)}% ${percent > 0 ? 'more' : 'fewer'} than ${period}`;
}

/** A round number at or above the highest value, for the axis. */
export function ceiling(value: number): number {
  // Half of it is a mark too: of few things there are no halves.
  if (value <= 10) return [4, 6, 8, 10].find((step) => step >= value)!;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * magnitude).find((step) => step >= value)!;
}
