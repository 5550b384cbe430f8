import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { fakeService, leave, press, show, text, write, type Call } from '../../testing.tsx';
import { Documents } from '../knowledge/Documents.tsx';
import { Entries } from '../knowledge/Entries.tsx';
import { Models } from '../knowledge/Models.tsx';
import { Questions } from '../knowledge/Questions.tsx';

// Wherever the suite can refuse a change, an owner can have it all the same.

const refusal = () => new ServiceError(409, { detail: 'Of 1 cases of the suite, 1 would not come out as they must.', cases: [{ caseId: 'k', name: 'Parking', turn: 1, failures: ['hands over'] }] } as object);
const entry = { id: 'e', slug: 'parking', language: 'en', title: 'Parking', body: 'Behind the shop.', topics: [], keywords: '', updatedAt: '2026-11-20T10:00:00Z' };
const paper = { id: 'd', title: 'Terms', format: 'markdown', language: 'en', parts: 1, version: 1, latestVersion: 1, updatedAt: '2026-11-20T10:00:00Z' };
const question = { id: 'q', question: 'Is there parking?', language: 'en', count: 1, questions: [], firstAskedAt: entry.updatedAt, lastAskedAt: entry.updatedAt };
const model = { version: 3, status: 'ready', active: false, examples: 4, createdAt: entry.updatedAt };

function refusing(items: unknown[]) {
  return fakeService(({ method, path }: Call) => {
    if (method !== 'GET' && !path.includes('?force=')) throw refusal();
    return { items };
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

async function publishAllTheSame() {
  expect(text()).toContain('Parking, answer 1: hands over');
  await write('reason', 'It is so now');
  await press('Publish it all the same');
  expect(text()).not.toContain('The suite refuses this change');
}

it('an entry of the knowledge', async () => {
  vi.stubGlobal('confirm', () => true);
  const { service, changes } = refusing([entry]);
  await show(<Entries />, { service, session: { may: () => true } });
  await press('Edit Parking');
  await write('body', 'There is none.');
  await press('Save');
  await publishAllTheSame();
  await press('Delete Parking');
  await publishAllTheSame();
  const paths = changes().map(({ method, path }) => `${method} ${path}`);
  expect(paths[1]).toBe('PUT /api/knowledge/e?force=It%20is%20so%20now');
  expect(paths[3]).toBe('DELETE /api/knowledge/e?force=It%20is%20so%20now');
});

it('a document', async () => {
  vi.stubGlobal('confirm', () => true);
  const { service, changes } = refusing([paper]);
  await show(<Documents />, { service, session: { may: () => true } });
  await press('Delete Terms');
  await publishAllTheSame();
  expect(changes().at(-1)!.path).toBe('/api/knowledge/documents/d?force=It%20is%20so%20now');
});

it('an answer to a question', async () => {
  const { service, changes } = refusing([question]);
  await show(<Questions />, { service, session: { may: () => true } });
  await press('Answer Is there parking?');
  await write('answer', 'No.');
  await press('Save the answer');
  await publishAllTheSame();
  expect(changes().at(-1)!.path).toBe('/api/knowledge/suggestions/q/answer?force=It%20is%20so%20now');
  expect(text()).toContain('is answered from now on.');
});

it('a model of intents', async () => {
  const { service, changes } = refusing([model]);
  await show(<Models />, { service, session: { may: () => true } });
  await press('Use model 3');
  await publishAllTheSame();
  expect(changes().at(-1)!.path).toBe('/api/knowledge/intents/models/3/activate?force=It%20is%20so%20now');
});

it('leaves the form as it was where the refusal stands', async () => {
  const { service, changes } = refusing([entry]);
  await show(<Entries />, { service, session: { may: (role: string) => role !== 'owner' } });
  await press('Edit Parking');
  await write('body', 'There is none.');
  await press('Save');
  expect(text()).toContain('An owner can publish it all the same.');
  const dialogs = document.querySelectorAll('dialog');
  const close = dialogs[dialogs.length - 1]!.querySelector<HTMLButtonElement>('[aria-label="Close"]')!;
  await act(async () => close.click());
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  expect(document.querySelector<HTMLTextAreaElement>('[name="body"]')!.value).toBe('There is none.');
  expect(text()).toContain('1 would not come out as they must');
  expect(changes()).toHaveLength(1);
});
