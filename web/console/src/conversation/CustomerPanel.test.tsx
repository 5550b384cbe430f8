import { afterEach, expect, it } from 'vitest';
import type { Conversation, Customer } from '../contract.ts';
import { fakeService, leave, press, show, text } from '../testing.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';

const customer: Customer = { id: 'k', name: 'Anna', identifiers: [], conversations: 1, createdAt: '2026-11-20T10:00:00Z' };
const conversation = { id: 'c', channel: 'whatsapp', customer: { id: 'k', identifiers: [] } } as unknown as Conversation;

afterEach(leave);

it('ends automatic answers to a customer, and lets him have them again', async () => {
  let now = customer;
  const { service, changes } = fakeService(({ method, path }) => {
    if (method === 'POST') now = path.endsWith('/block') ? { ...customer, blockedAt: '2026-11-21T15:00:00Z' } : customer;
    return path.endsWith('/enquiries') ? { items: [] } : now;
  });
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session: { may: () => true } });

  await press('Block: no automatic answers');
  expect(text()).toContain('Blocked since');
  await press('Unblock');
  expect(text()).not.toContain('Blocked since');
  expect(changes().map(({ path }) => path)).toEqual(['/api/customers/k/block', '/api/customers/k/unblock']);
});
