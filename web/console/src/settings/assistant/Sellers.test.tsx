import { afterEach, expect, it } from 'vitest';
import { fakeService, leave, press, show, text, write } from '../../testing.tsx';
import { Sellers } from './Sellers.tsx';

afterEach(leave);

const settings = { workspaceKey: 'k', name: 'Shop', timeZone: 'UTC', locale: 'en', tone: 'friendly', reopenClosed: false, allowedOrigins: [] };

it('names the template that asks a seller, and takes it back', async () => {
  let now: object = settings;
  const { service, changes } = fakeService(({ method, content }) => {
    if (method === 'PATCH') {
      const { enquiryTemplate } = content as { enquiryTemplate: object | null };
      now = enquiryTemplate ? { ...settings, enquiryTemplate } : settings;
    }
    return now;
  });
  await show(<Sellers />, { service });
  expect(text()).toContain('None: people are told');

  await press('Change the template');
  await write('name', 'ask_seller');
  await write('language', 'en_US');
  await press('Save');
  expect(changes()[0]).toMatchObject({ method: 'PATCH', path: '/api/settings', content: { enquiryTemplate: { name: 'ask_seller', language: 'en_US' } } });
  expect(text()).toContain('ask_seller');

  await press('Change the template');
  await write('name', '');
  await press('Save');
  expect(changes()[1]!.content).toEqual({ enquiryTemplate: null });
  expect(text()).toContain('None: people are told');
});
