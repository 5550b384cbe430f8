import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Conversation, Customer, Enquiry } from '../../contract.ts';
import { button, choose, fakeService, leave, press, show, text, write } from '../../testing.tsx';
import { CustomerPanel } from '../CustomerPanel.tsx';

const customer: Customer = { id: 'k', name: 'Anna', identifiers: [], conversations: 1, createdAt: '2026-11-20T10:00:00Z' };
const conversation = { id: 'c', channel: 'web', status: 'open', customer: { id: 'k', name: 'Anna', identifiers: [] } } as unknown as Conversation;
const supplier = { id: 's', channel: 'telegram', status: 'open', customer: { id: 'b', name: 'Boris', identifiers: [] } } as unknown as Conversation;
const session = { may: () => true };

/** @param asked What suppliers were asked, as the service has it. */
function serviceOf(suppliers: Conversation[], asked: Enquiry[] = []) {
  let now = customer;
  return fakeService(({ method, path }) => {
    if (path.endsWith('/supplier')) now = method === 'POST' ? { ...customer, supplierSince: '2026-11-21T15:00:00Z' } : customer;
    if (path.endsWith('/enquiries')) return { items: asked };
    if (path.endsWith('/orders') || path.startsWith('/api/templates')) return { items: [] };
    if (path.endsWith('/list')) return { items: suppliers };
    return now;
  });
}

beforeEach(() => localStorage.clear());

afterEach(() => {
  vi.useRealTimers();
  leave();
});

it('makes a customer a supplier, whom nobody is asked for, and takes it back', async () => {
  const { service, changes } = serviceOf([]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  expect(text()).toContain('Asked of suppliers');

  await press('Make a supplier');
  expect(text()).toContain('A supplier since');
  expect(text()).not.toContain('Asked of suppliers');
  await press('Undo');
  expect(text()).not.toContain('A supplier since');
  expect(button('Undo')).toBeUndefined();
  expect(changes().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/customers/k/supplier', 'DELETE /api/customers/k/supplier']);
});

it('asks the supplier who is chosen, in his conversation, for this customer', async () => {
  const { service, changes } = serviceOf([supplier]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  await press('Ask a supplier');
  expect(text()).toContain('Boris, Telegram');
  await choose('supplier', 's');
  await write('subject', 'Blue vase');
  await write('text', 'Have you a photo?');
  await press('Ask');

  const [sent] = changes();
  expect(sent!.path).toBe('/api/conversations/s/messages');
  expect(sent!.content).toMatchObject({ text: 'Have you a photo?', enquiry: { conversationId: 'c', subject: 'Blue vase' } });
  expect(document.querySelector('dialog')).toBeNull();
});

it('sends a template to a supplier whose reply window is over', async () => {
  const late = { ...supplier, channel: 'whatsapp', lastMessage: { id: 'm' }, windowExpiresAt: '2026-11-01T10:00:00Z' } as unknown as Conversation;
  const { service, changes } = serviceOf([late]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  await press('Ask a supplier');
  await choose('supplier', 's');
  expect(text()).toContain('only an approved template still arrives');
  await write('subject', 'Blue vase');
  await write('name', 'photo_wanted');
  await press('Ask');
  expect(changes()[0]!.content).toMatchObject({ template: { name: 'photo_wanted', values: [] }, enquiry: { conversationId: 'c', subject: 'Blue vase' } });
});

it('adds a supplier who has not written, and asks him by a template', async () => {
  const never = { ...supplier, id: 'n', channel: 'whatsapp', customer: { id: 'v', name: 'Vera', identifiers: [] } } as unknown as Conversation;
  let suppliers: Conversation[] = [];
  const { service, changes } = fakeService(({ method, path }) => {
    if (path === '/api/suppliers' && method === 'POST') {
      suppliers = [never];
      return { id: 'v', conversationId: 'n' };
    }
    if (path === '/api/connections') return { items: [{ id: 'w', channel: 'whatsapp', account: '+441632960001' }, { id: 't', channel: 'telegram', account: 'shop' }] };
    if (path.endsWith('/enquiries') || path.endsWith('/orders') || path.startsWith('/api/templates')) return { items: [] };
    return path.endsWith('/list') ? { items: suppliers } : customer;
  });
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  await press('Ask a supplier');
  await press('Add a supplier who has not written yet');
  expect(text()).not.toContain('shop');
  await write('name', 'Vera');
  await write('address', '+44 7700 900123');
  await press('Add the supplier');
  expect(changes()[0]).toEqual({ method: 'POST', path: '/api/suppliers', content: { connectionId: 'w', address: '+44 7700 900123', name: 'Vera' } });

  expect(document.querySelector<HTMLSelectElement>('select[name="supplier"]')!.value).toBe('n');
  expect(text()).toContain('only an approved template still arrives');
  await write('subject', 'Blue vase');
  await write('name', 'photo_wanted');
  await press('Ask');
  expect(changes()[1]!.path).toBe('/api/conversations/n/messages');
  expect(changes()[1]!.content).toMatchObject({ template: { name: 'photo_wanted' }, enquiry: { conversationId: 'c', subject: 'Blue vase' } });
});

it('says what to do where there is no supplier to ask', async () => {
  const { service } = serviceOf([{ ...supplier, status: 'closed' }]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  await press('Ask a supplier');
  expect(text()).toContain('No supplier has an open conversation.');
});

it('shows the pictures that came, and of which question', async () => {
  const { service } = serviceOf([], [
    { id: '2', subject: 'Green vase', askedAt: '2026-11-21T15:00:00Z', supplier, customer: conversation, byAssistant: false, pictures: [] },
    { id: '1', subject: 'Blue vase', askedAt: '2026-11-21T14:00:00Z', supplier, customer: conversation, byAssistant: false, pictures: [{ messageId: 'm', imageUrl: '/api/media/m', at: '2026-11-21T14:05:00Z' }] },
  ]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  const [green, blue] = [...document.querySelectorAll('.enquiry')];
  expect(green!.textContent).toContain('no picture yet');
  expect(blue!.querySelector('img')!.getAttribute('src')).toBe('/api/media/m');
  expect(blue!.querySelector('img')!.alt).toContain('Blue vase');
});

it('tells what the assistant asked at the customer’s wish, and leads to the supplier', async () => {
  const asked = { id: '3', subject: 'Blue vase', askedAt: '2026-11-21T15:00:00Z', supplier, customer: conversation, byAssistant: true, pictures: [] };
  const { service } = serviceOf([], [asked, { ...asked, id: '4', answeredAt: '2026-11-21T15:05:00Z' }]);
  await show(<CustomerPanel conversation={conversation} onClose={() => undefined} />, { service, session });
  const [waiting, answered] = [...document.querySelectorAll('.enquiry')];
  expect(waiting!.textContent).toMatch(/Boris.*by the assistant · no answer yet/);
  expect(answered!.textContent).toContain('answered');
  expect(waiting!.querySelector('a')!.getAttribute('href')).toContain('/inbox/s');
});

it('leads from a supplier to the customers for whom he was asked', async () => {
  const asked = { id: '5', subject: 'Blue vase', askedAt: '2026-11-21T15:00:00Z', supplier, customer: conversation, byAssistant: true, pictures: [] };
  const { service } = fakeService(({ path }) =>
    path.endsWith('/enquiries') ? { items: [asked] } : path.endsWith('/list') || path.endsWith('/orders') ? { items: [] } : { ...customer, id: 'b', name: 'Boris', supplierSince: '2026-11-20T10:00:00Z' },
  );
  await show(<CustomerPanel conversation={supplier} onClose={() => undefined} />, { service, session });
  expect(text()).toContain('Asked for customers');
  expect(document.querySelector('.enquiry a')!.getAttribute('href')).toContain('/inbox/c');
  expect(button('Ask a supplier')).toBeUndefined();
});
