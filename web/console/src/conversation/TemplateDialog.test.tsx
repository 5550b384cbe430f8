import { beforeEach, expect, it, vi } from 'vitest';
import { leave, press, show, write } from '../testing.tsx';
import { TemplateDialog } from './TemplateDialog.tsx';
import { usedTemplates } from './templates.ts';
import type { Thread } from './thread.ts';

beforeEach(() => {
  leave();
  localStorage.clear();
});

it('sends a template with its values, and knows it the next time', async () => {
  const send = vi.fn(() => Promise.resolve());
  await show(<TemplateDialog onClose={() => undefined} thread={{ send } as unknown as Thread} />, {});
  await write('name', 'order_update');
  await write('language', 'en');
  await write('values', '1001\nFriday');
  await press('Send the template');

  expect(send).toHaveBeenCalledWith('order_update: 1001, Friday', false, { template: { name: 'order_update', language: 'en', values: ['1001', 'Friday'] } });
  expect(usedTemplates.list()).toEqual([{ name: 'order_update', language: 'en' }]);
});
