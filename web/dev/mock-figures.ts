import type { FigureAnswer } from '../console/src/figures/figures.ts';
import type { BehindAnswer } from '../console/src/figures/behind.ts';

const hourMs = 3_600_000;

/** What each table counts, and how much of it there is. */
const tables: Record<string, Record<string, number>> = {
  channel_stats: { web: 9, whatsapp: 14, instagram: 5, telegram: 3, facebook: 2, slack: 1 },
  intent_stats: { product_search: 12, order_status: 9, opening_hours: 6, shipping: 4, talk_to_person: 2, unknown: 1 },
  sentiment_stats: { neutral: 22, positive: 9, negative: 3 },
  response_times: { web: 9, whatsapp: 14 },
  funnel: { received: 20, answered: 19, delivered: 18, handed_over: 4, closed: 12 },
  model_metrics: { 'gpt-5-mini': 21, offline: 9, intents: 30 },
  promises: { first_response: 8, next_response: 5, resolution: 3 },
  satisfaction: { 1: 1, 2: 0, 3: 2, 4: 5, 5: 9 },
};

/** Figures that go up and down over the time that is asked for, and are the same at each look. */
export function figures(url: URL): FigureAnswer {
  const table = url.pathname.split('/').at(-1)!;
  const [from, to, bucket] = [url.searchParams.get('from')!, url.searchParams.get('to')!, url.searchParams.get('bucket')!];
  const step = bucket === 'hour' ? hourMs : 24 * hourMs;
  const buckets: number[] = [];
  for (let start = Math.floor(Date.parse(from) / step) * step; start < Date.parse(to); start += step) buckets.push(start);
  const more = (key: string, count: number) => ({
    ...(table === 'response_times' && { averageMs: 900 + key.length * 40, p50Ms: 700 + count * 30, p90Ms: 2_100 }),
    ...(table === 'promises' && { kept: count - 1 }),
    ...(table === 'model_metrics' && key !== 'offline' && { cost: { amount: '0.42', currency: 'EUR' } }),
  });
  const of = Object.entries(tables[table] ?? {});
  const items = buckets.flatMap((start, index) =>
    of.map(([key, usual], order) => {
      const count = Math.round(usual * (0.6 + 0.5 * Math.sin(index * 0.7 + order)));
      return { bucketStart: new Date(start).toISOString(), key, count: Math.max(0, count), ...more(key, count) };
    }),
  );
  return { from, to, bucket, items, totals: of.map(([key, usual]) => ({ key, count: usual * buckets.length, ...more(key, usual * buckets.length) })) };
}

export const behind: BehindAnswer = {
  total: 5, conversations: 4,
  items: ['late', 'window-over', 'opted-out', 'erased'].map((conversationId, index) => ({ conversationId, count: index === 0 ? 2 : 1, lastAt: new Date(Date.now() - index * hourMs).toISOString() })),
};
