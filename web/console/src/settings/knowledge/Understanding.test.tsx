import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { button, fakeService, leave, press, show, text, write, type Call } from '../../testing.tsx';
import type { IntentModel } from './intents.ts';
import { Understanding } from './Understanding.tsx';

const scores = { examples: 200, accuracy: 0.9, macroF1: 0.88, inScopeAccuracy: 0.91, outsideRecall: 0.8 };
const ready: IntentModel = {
  version: 2, status: 'ready', active: false, examples: 12, scores, comparedWith: 1, comparedScores: { ...scores, inScopeAccuracy: 0.89 },
  createdAt: '2026-11-21T10:00:00Z', trainedAt: '2026-11-21T10:01:00Z',
};
const inUse: IntentModel = { version: 1, status: 'ready', active: true, examples: 4, scores, createdAt: '2026-11-20T10:00:00Z' };
const correction = { id: 'e', intent: 'order_status', text: 'where is it', status: 'proposed', predicted: 'greeting', createdAt: '2026-11-21T09:00:00Z' };

function serviceOf(models: () => IntentModel[], post: (call: Call) => unknown = () => undefined) {
  let proposed = [correction];
  return fakeService((call) => {
    if (call.method !== 'GET') {
      if (call.path.includes('/examples/e')) proposed = [];
      return post(call);
    }
    if (call.path.endsWith('/models')) return { items: models() };
    if (call.path.includes('status=proposed')) return { items: proposed };
    if (call.path.includes('/examples')) return { items: [] };
    return { items: [{ intent: 'order_status', starter: 30, approved: proposed.length === 0 ? 1 : 0, proposed: proposed.length }] };
  });
}

afterEach(() => {
  vi.useRealTimers();
  leave();
});

it('shows each model beside the one in use when it was trained, and uses the one that is chosen', async () => {
  let models = [ready, inUse];
  const { service, changes } = serviceOf(
    () => models,
    () => (models = [{ ...ready, active: true }, { ...inUse, active: false }]),
  );
  await show(<Understanding />, { service });
  expect(text()).toContain('Messages are understood by model 1.');
  expect(text()).toContain('91.0 % 2.0 points more (89.0 %)');
  expect(text()).toContain('On 200 examples that were held back, beside model 1 on the same');

  await press('Use model 2');
  expect(changes().map(({ path }) => path)).toEqual(['/api/knowledge/intents/models/2/activate']);
  expect(text()).toContain('Messages are understood by model 2.');
});

it('follows a training until it is done', async () => {
  vi.useFakeTimers();
  let models: IntentModel[] = [];
  const { service } = serviceOf(
    () => models,
    () => (models = [{ version: 1, status: 'queued', active: false, examples: 0, createdAt: '2026-11-21T10:00:00Z' }]),
  );
  await show(<Understanding />, { service });
  expect(text()).toContain('understood by the starter model');
  await press('Train a new model');
  expect(text()).toContain('Model 1 waits to be trained.');
  expect(button('Train a new model')).toBeUndefined();

  models = [{ ...models[0]!, status: 'ready', scores }];
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(text()).not.toContain('waits to be trained');
  expect(button('Train a new model')).toBeDefined();
  expect(button('Use model 1')).toBeDefined();
});

it('says that there is nothing to go back to', async () => {
  const { service } = serviceOf(
    () => [inUse],
    () => {
      throw new ServiceError(409, { title: 'Conflict' });
    },
  );
  await show(<Understanding />, { service });
  await press('Back to the one before');
  expect(text()).toContain('There is no other model to go back to.');
});

it('has corrections reviewed: approved as they are, or changed', async () => {
  const first = serviceOf(() => []);
  await show(<Understanding />, { service: first.service });
  expect(text()).toContain('Should be Order status, was taken for Greeting');
  await press('Approve “where is it”');
  expect(first.changes().map(({ path }) => path)).toEqual(['/api/knowledge/intents/examples/e/approve']);
  expect(text()).toContain('Nothing waits for a review.');
  expect(text()).toContain('30 starter · 1 your own');
  leave();

  const second = serviceOf(() => []);
  await show(<Understanding />, { service: second.service });
  await press('Change “where is it”');
  await write('intent', 'Delivery time');
  await press('Save and approve');
  expect(second.changes()).toEqual([{ method: 'PUT', path: '/api/knowledge/intents/examples/e', content: { intent: 'delivery_time', text: 'where is it' } }]);
});
