import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Conversation, Customer } from '../contract.ts';
import { button, fakeService, leave, press, show, text } from '../testing.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';

const customer: Customer = { id: 'k', name: 'Anna', identifiers: [], conversations: 1, createdAt: '2026-11-20T10:00:00Z' };
const conversation = { id: 'c', channel: 'whatsapp', customer: { id: 'k', identifiers: [] } } as unknown as Conversation;

afterEach(leave);

it('ends automatic answers to a customer, and lets him have them again', async () => {
  let now = customer;
  const { service, changes } = fakeService(({ method, path }) => {
    if (method === 'POST') now = path.endsWith('/block') ? { ...customer, blockedAt: '2026-11-21T15:00:00Z' } : customer;
    return path.endsWith('/enquiries') || path.endsWith('/orders') ? { items: [] } : now;
  });
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session: { may: () => true } });

  await press('Block: no automatic answers');
  expect(text()).toContain('Blocked since');
  await press('Unblock');
  expect(text()).not.toContain('Blocked since');
  expect(changes().map(({ path }) => path)).toEqual(['/api/customers/k/block', '/api/customers/k/unblock']);
});

async function merge() {
  await press('Merge with another customer');
  await vi.waitFor(() => expect(document.querySelector('.merge-choices .choice')).not.toBeNull(), { timeout: 30_000 });
  await act(async () => document.querySelector<HTMLButtonElement>('.merge-choices .choice')!.click());
  await press('Merge Boris into Anna');
}

it('takes a merge back at once, and later from the panel', async () => {
  const other: Customer = { id: 'o', name: 'Boris', identifiers: [], conversations: 1, createdAt: '2026-11-20T10:00:00Z' };
  const joined: Customer = { ...customer, mergedFrom: [{ customerId: 'o', name: 'Boris', mergedAt: '2026-11-21T15:00:00Z' }] };
  let now = customer;
  const { service, changes } = fakeService(({ path }) => {
    if (path.endsWith('/merge')) now = joined;
    if (path.endsWith('/unmerge')) now = customer;
    if (path === '/api/customers') return { items: [other] };
    return path.endsWith('/enquiries') || path.endsWith('/orders') ? { items: [] } : now;
  });
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session: { may: () => true } });

  await merge();
  expect(text()).toContain('Boris was merged into Anna.');
  expect(text()).toContain('Merged from');
  await press('Undo');
  expect(text()).not.toContain('Merged from');
  expect(button('Undo')).toBeUndefined();

  await merge();
  await press('Undo the merge of Boris');
  expect(text()).not.toContain('Boris');
  expect(changes()).toEqual([
    { method: 'POST', path: '/api/customers/k/merge', content: { customerId: 'o' } },
    { method: 'POST', path: '/api/customers/k/unmerge', content: { customerId: 'o' } },
    { method: 'POST', path: '/api/customers/k/merge', content: { customerId: 'o' } },
    { method: 'POST', path: '/api/customers/k/unmerge', content: { customerId: 'o' } },
  ]);
});

it('offers the way back from the last thing alone', async () => {
  const { service } = fakeService(({ path }) => (path.endsWith('/enquiries') || path.endsWith('/orders') || path.endsWith('/list') ? { items: [] } : path === '/api/customers' ? { items: [{ ...customer, id: 'o', name: 'Boris' }] } : customer));
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session: { may: () => true } });
  await merge();
  await press('Make a supplier');
  expect([...document.querySelectorAll('.undo')].map(({ textContent }) => textContent)).toEqual(['Anna is a supplier now.Undo']);
});
