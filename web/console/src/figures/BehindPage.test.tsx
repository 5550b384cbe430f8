import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../../shared/http.ts';
import type { Conversation } from '../contract.ts';
import { go } from '../route.ts';
import { button, fakeService, leave, press, show, text } from '../testing.tsx';
import { behindQuery } from './behind.ts';
import { BehindPage } from './BehindPage.tsx';

afterEach(leave);

const conversation = (id: string) => ({ id, channel: 'web', customer: { id, name: `Anna ${id}`, identifiers: [] }, labels: [] }) as unknown as Conversation;
const openAt = (key: string) => act(async () => go(['figures', 'behind'], behindQuery({ figure: 'intent_stats', key, from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' }, '7')));

async function open(ids: () => string[]) {
  let known: string[] = [];
  const { service } = fakeService(({ path }) => {
    if (path.endsWith('/list')) return { items: known.filter((id) => id !== 'erased').map(conversation) };
    known = ids();
    return { total: known.length, conversations: 3, items: known.map((conversationId) => ({ conversationId, count: 1, lastAt: '2026-11-02T10:00:00Z' })) };
  });
  await openAt('returns');
  await show(<BehindPage />, { service });
}

it('tries again what could not be read, and then says nothing of that any more', async () => {
  let away = true;
  await open(() => {
    if (away) throw new ServiceError(503, {});
    return ['a', 'b', 'erased'];
  });
  expect(document.querySelector('[role=alert]')).not.toBeNull();
  away = false;
  await press('Try again');
  expect(document.querySelector('[role=alert]')).toBeNull();
  expect(text()).toContain('Anna a');
  expect(text()).toContain('Erased since');
  expect(button('Show more')).toBeUndefined();
});

it('shows page after page, and begins anew at another number', async () => {
  const pages = [['a', 'b'], ['c'], ['d']];
  await open(() => pages.shift()!);
  expect(text()).not.toContain('Anna c');
  await press('Show more');
  expect(text()).toMatch(/Anna a.*Anna b.*Anna c/);
  await openAt('shipping');
  expect(text()).toMatch(/Shipping.*Anna d/);
  expect(text()).not.toContain('Anna a');
});
