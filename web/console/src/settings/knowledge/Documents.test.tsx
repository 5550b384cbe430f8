import { afterEach, expect, it, vi } from 'vitest';
import { fakeService, leave, press, show, text } from '../../testing.tsx';
import { Documents } from './Documents.tsx';
import type { KnowledgeDocument } from './documents.ts';

const terms: KnowledgeDocument = {
  id: 'd', title: 'Terms of delivery', language: 'en', format: 'markdown', fileName: 'terms.md', version: 2, latestVersion: 2, characters: 120, parts: 3,
  createdAt: '2026-11-20T10:00:00Z', updatedAt: '2026-11-20T11:00:00Z',
};
const versions = [2, 1].map((version) => ({ version, title: terms.title, fileName: 'terms.md', characters: 120, createdAt: terms.createdAt }));

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('answers from an earlier version again, and says so in the list', async () => {
  let document = terms;
  const { service, changes } = fakeService(({ method, path }) => {
    if (method === 'POST') document = { ...document, version: 1 };
    return path === '/api/knowledge/documents' ? { items: [document] } : { document, text: `Text of ${document.version}`, versions };
  });
  await show(<Documents />, { service });
  expect(text()).toContain('Markdown · terms.md · English · 3 parts');

  await press('Text and versions of Terms of delivery');
  expect(text()).toContain('Text of 2');
  await press('Answer from this version, 1');

  expect(changes()).toEqual([{ method: 'POST', path: '/api/knowledge/documents/d/roll_back', content: { version: 1 } }]);
  expect(text()).toContain('Text of 1');
  expect(text()).toContain('Answers come from version 1; the latest is 2.');
});

it('forgets a document only when the person confirms it', async () => {
  const { service, changes } = fakeService(() => ({ items: [terms] }));
  await show(<Documents />, { service });

  vi.stubGlobal('confirm', () => false);
  await press('Delete Terms of delivery');
  expect(changes()).toEqual([]);

  vi.stubGlobal('confirm', () => true);
  await press('Delete Terms of delivery');
  expect(changes()).toEqual([{ method: 'DELETE', path: '/api/knowledge/documents/d', content: undefined }]);
});
