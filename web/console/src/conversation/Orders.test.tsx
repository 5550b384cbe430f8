import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../../shared/http.ts';
import type { Order } from '../contract.ts';
import { fakeService, leave, press, show, text } from '../testing.tsx';
import { Orders } from './Orders.tsx';

afterEach(leave);

const order: Order = {
  id: '1', name: '#1001', createdAt: '2026-11-01T10:00:00Z', total: { amount: '39.00', currency: 'EUR' }, financialStatus: 'PAID',
  fulfilmentStatus: 'partial', lines: [{ title: 'Blue vase', quantity: 2 }, { title: 'Card', quantity: 1 }], url: 'https://shop.example/orders/1',
};

async function showOrders(answer: () => unknown) {
  const { service, calls } = fakeService(answer);
  await show(<Orders customerId="k" />, { service });
  expect(calls.map(({ path }) => path)).toEqual(['/api/customers/k/orders']);
}

it('shows what the customer ordered', async () => {
  const late = { ...order, id: '2', name: '#1002', cancelledAt: '2026-11-02T10:00:00Z', url: undefined };
  await showOrders(() => ({ items: [order, late, { ...order, id: '3', name: '#1003' }, { ...order, id: '4', name: '#1004' }] }));

  expect(text()).toContain('#1001');
  expect(text()).toContain('Paid · Partly fulfilled');
  expect(text()).toContain('2 × Blue vase');
  expect(document.querySelector('.order a')!.getAttribute('href')).toBe('https://shop.example/orders/1');
  expect([...document.querySelectorAll('.order')][1]!.textContent).toContain('Cancelled');
  expect(text()).not.toContain('#1004');
  await press('Show 1 more');
  expect(text()).toContain('#1004');
});

it('says nothing of orders where there are none, and quietly that the shop is away', async () => {
  await showOrders(() => ({ items: [] }));
  expect(text()).toBe('');
  leave();
  await showOrders(() => {
    throw new ServiceError(404, {});
  });
  expect(text()).toBe('');
  leave();
  await showOrders(() => {
    throw new ServiceError(503, {});
  });
  expect(text()).toContain('The shop cannot be asked right now.');
  expect(document.querySelector('[role="alert"]')).toBeNull();
});
