import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { fakeService, leave, press, show, text, write } from '../../testing.tsx';
import { Questions } from './Questions.tsx';

const parking = {
  id: 'q', question: 'Is there parking?', language: 'en', count: 4, questions: ['Is there parking?', 'Where can I park?'], firstAskedAt: '2026-11-01T10:00:00Z',
  lastAskedAt: '2026-11-20T10:00:00Z',
};

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('turns an answer into knowledge, and the question is gone', async () => {
  let items = [parking];
  const { service, changes } = fakeService(({ method }) => {
    if (method === 'POST') items = [];
    return { items };
  });
  await show(<Questions />, { service });
  expect(text()).toContain('Asked 4 times');
  expect(text()).toContain('Where can I park?');

  await press('Answer Is there parking?');
  await write('answer', 'Yes, behind the shop.');
  await press('Save the answer');

  expect(changes()).toEqual([
    { method: 'POST', path: '/api/knowledge/suggestions/q/answer', content: { answer: 'Yes, behind the shop.', title: undefined, url: undefined, language: 'en' } },
  ]);
  expect(text()).toContain('“Is there parking?” is answered from now on.');
  expect(text()).toContain('Every question of the last 30 days found an answer.');
});

it('says that a colleague was faster', async () => {
  vi.stubGlobal('confirm', () => true);
  const { service } = fakeService(({ method }) => {
    if (method === 'POST') throw new ServiceError(409, { title: 'Conflict' });
    return { items: [parking] };
  });
  await show(<Questions />, { service });
  await press('Dismiss Is there parking?');
  expect(text()).toContain('was settled by a colleague');
});

it('keeps the answer in the form when the service refuses it', async () => {
  const { service } = fakeService(({ method }) => {
    if (method === 'POST') throw new ServiceError(400, { errors: { Url: ['A web address.'] } });
    return { items: [parking] };
  });
  await show(<Questions />, { service });
  await press('Answer Is there parking?');
  await write('answer', 'Yes.');
  await press('Save the answer');
  expect(document.querySelector('dialog')!.textContent).toContain('A web address.');
});
