import { beforeEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../shared/http.ts';
import type { StoredTemplate } from '../contract.ts';
import { choose, fakeService, leave, press, show, text, write } from '../testing.tsx';
import { TemplateDialog } from './TemplateDialog.tsx';
import { usedTemplates } from './templates.ts';
import type { Thread } from './thread.ts';

beforeEach(() => {
  leave();
  localStorage.clear();
});

const kept: StoredTemplate[] = [
  { id: 't', channel: 'whatsapp', name: 'order_update', language: 'en', text: 'Your order {{1}} comes on {{2}}.', category: 'utility' },
];

async function open(answer: () => unknown) {
  const send = vi.fn(() => Promise.resolve());
  const { service, calls } = fakeService(answer);
  await show(<TemplateDialog onClose={() => undefined} thread={{ id: 'c', send } as unknown as Thread} />, { service });
  return { send, calls };
}

it('fills one that the workspace keeps, and shows how the customer reads it', async () => {
  const { send, calls } = await open(() => ({ items: kept }));
  expect(calls[0]!.path).toBe('/api/templates?conversationId=c');
  await choose('template', 't');
  const values = [...document.querySelectorAll<HTMLInputElement>('[name="value"]')];
  expect(values).toHaveLength(2);
  for (const [index, value] of ['1001', 'Friday'].entries()) {
    values[index]!.name = 'now';
    await write('now', value);
    values[index]!.name = 'value';
  }
  await write('value', '1001');
  expect(document.querySelector('.template-text')!.textContent).toBe('Your order 1001 comes on Friday.');
  await press('Send the template');

  expect(send).toHaveBeenCalledWith('Your order 1001 comes on Friday.', false, { template: { name: 'order_update', language: 'en', values: ['1001', 'Friday'] } });
  expect(usedTemplates.list()).toEqual([]);
});

it('sends any other by its name, and knows it the next time', async () => {
  const { send } = await open(() => ({ items: kept }));
  await choose('template', 'another');
  await write('name', 'delay');
  await write('language', 'en');
  await write('values', '1001\nFriday');
  await press('Send the template');
  expect(send).toHaveBeenCalledWith('delay: 1001, Friday', false, { template: { name: 'delay', language: 'en', values: ['1001', 'Friday'] } });

  leave();
  await open(() => ({ items: kept }));
  expect(text()).toContain('delay (en)');
  await choose('template', 'typed-0');
  expect(document.querySelector<HTMLInputElement>('[name="name"]')!.value).toBe('delay');
});

it('asks for a name at once where nothing is kept, or nothing can be read', async () => {
  await open(() => ({ items: [] }));
  expect(document.querySelector('[name="name"]')).not.toBeNull();
  leave();
  await open(() => {
    throw new ServiceError(503, {});
  });
  expect(document.querySelector('[name="name"]')).not.toBeNull();
});
