import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import type { Message } from '../../contract.ts';
import { fakeService, leave, press, show, text, write } from '../../testing.tsx';
import type { Trace } from './trace.ts';
import { TraceDialog } from './TraceDialog.tsx';

const example: Trace = {
  messageId: 'm',
  outcome: 'finished',
  createdAt: '2026-11-21T15:00:00Z',
  language: 'en',
  provider: 'openai',
  model: 'gpt-5-mini',
  promptVersion: '1.3',
  knowledgeVersion: 12,
  handOver: false,
  tokens: { input: 812, output: 40, cached: 0 },
  cost: { amount: '0.12', currency: 'USD' },
  latencyMs: 812,
  stages: [
    { name: 'understand', ms: 0.4 },
    { name: 'write', ms: 790 },
  ],
  understanding: [{ messageId: 'q', intent: 'product_price', confidence: 0.93, sentiment: 'neutral', language: 'en' }],
  wishes: [{ kind: 'products', intent: 'product_price', text: 'how much is the linen vase' }],
  sources: [
    { documentId: 's1', kind: 'product', title: 'Shipping', cited: false, spans: [] },
    { documentId: 's2', kind: 'product', title: 'Linen vase', url: 'https://shop.example/vase', cited: true, spans: [{ quote: 'Linen vase: 39.00 EUR.' }] },
  ],
  tools: [{ id: 'call_1', name: 'search_products', round: 1, arguments: { query: 'vase' }, status: 'done', result: 'Linen vase', ms: 4.2 }],
  checks: [
    { provider: 'openai', draft: 1, name: 'facts', passed: false, reason: 'figure', detail: '45.00' },
    { provider: 'openai', draft: 2, name: 'facts', passed: true },
  ],
  writers: [
    { provider: 'anthropic', model: 'claude', outcome: 'failed', reason: 'rate_limited', calls: 2, ms: 640 },
    { provider: 'openai', model: 'gpt-5-mini', outcome: 'answered', calls: 2, ms: 150, tokens: { input: 812, output: 40, cached: 0 } },
  ],
};

const reply: Message = {
  id: 'm', conversationId: 'c', sequence: 2, direction: 'outbound', author: { type: 'assistant' }, text: 'It costs 39 EUR.', createdAt: '2026-11-21T15:00:00Z',
};

async function open(answer: () => Promise<unknown>): Promise<string> {
  await show(<TraceDialog answer={reply} onClose={() => undefined} />, { service: { get: answer }, session: { may: () => false } });
  return document.querySelector('dialog')!.textContent!;
}

afterEach(leave);

it('tells what was understood, read, looked up, written and checked, and what it cost', async () => {
  const text = await open(async () => example);

  expect(text).toContain('It answered by itself.');
  expect(text).toContain('Product price 93 % sure');
  expect(text).toContain('“how much is the linen vase”');
  expect(text.indexOf('Linen vase cited')).toBeLessThan(text.indexOf('Shipping read, not cited'));
  expect(text).toContain('Linen vase: 39.00 EUR.');
  expect(text).toContain('Search products, done');
  expect(text).toContain('claude failed: rate limited');
  expect(text).toContain('gpt-5-mini wrote the answer');
  expect(text).toContain('Draft 1 failed “facts”: figure');
  expect(text).toContain('812 read, 40 written');
  expect(text).toContain('$0.12');
});

it('is as readable without a model', async () => {
  const { tokens: _t, cost: _c, promptVersion: _p, ...rest } = example;
  const text = await open(async () => ({ ...rest, provider: 'offline', model: 'offline', tools: [], checks: [], sources: [], writers: [{ provider: 'offline', model: 'offline', outcome: 'answered' }] }));

  expect(text).toContain('The built-in responder wrote the answer');
  expect(text).toContain('Nothing in the knowledge fits.');
  expect(text).toContain('None known');
});

it('says that nothing is kept any more, and what went wrong otherwise', async () => {
  expect(await open(() => Promise.reject(new ServiceError(404, {})))).toContain('not kept any more');
  leave();
  expect(await open(() => Promise.reject(new ServiceError(503, {})))).toContain('try again in a moment');
});

it('has the intent of a message corrected', async () => {
  const { service, changes } = fakeService(({ path }) => {
    if (path === '/api/traces/m') return example;
    if (path === '/api/conversations/c') return { customer: { id: 'customer' } };
    if (path.startsWith('/api/messages/')) return { items: [{ id: 'q', text: 'how much is the linen vase' }] };
    return { totals: [{ key: 'delivery_time' }] };
  });
  await show(<TraceDialog answer={reply} onClose={() => undefined} />, { service, session: { may: () => false } });
  await press('Correct it: Product price');
  await write('intent', 'Gift wrapping');
  await press('Say so');

  expect(changes()).toEqual([
    {
      method: 'POST',
      path: '/api/knowledge/intents/corrections',
      content: { messageId: 'q', customerId: 'customer', intent: 'gift_wrapping', text: 'how much is the linen vase', predicted: 'product_price' },
    },
  ]);
  expect(text()).toContain('An admin lets the next model learn it.');
  expect(text()).not.toContain('Write it again');
});

it('lets admins write it again and keep the conversation as a case', async () => {
  const { service, changes } = fakeService(({ path }) => {
    if (path === '/api/traces/m') return example;
    if (path.endsWith('/reproduce')) return { same: false, text: 'It costs 41 EUR.', handOver: false, knowledgeVersion: 13, knowledgeVersionThen: 12 };
    return { name: 'conversation-c', unmet: ['turn 1: the answer does not contain “39”'] };
  });
  await show(<TraceDialog answer={reply} onClose={() => undefined} />, { service, session: { may: () => true } });
  await press('Write it again');
  expect(text()).toContain('It comes out differently: The knowledge has changed since.It costs 41 EUR.');
  await press('Make the conversation a case');

  expect(changes().at(-1)).toMatchObject({ path: '/api/evaluation/cases', content: { conversationId: 'c' } });
  expect(text()).toContain('It is the case “conversation-c” now');
  expect(text()).toContain('Today it comes out otherwise: turn 1');
});
