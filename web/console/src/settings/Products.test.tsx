import { afterEach, expect, it, vi } from 'vitest';
import { fakeService, leave, press, show, text, write } from '../testing.tsx';
import { Products, type Product } from './Products.tsx';

const vase: Product = {
  id: 'v', slug: 'blue-vase', title: 'Blue vase', description: 'By hand.', price: { amount: '39.00', currency: 'EUR' }, stock: 3, category: 'vase', tags: ['gift'], colours: ['blue'],
  supplierId: 's', updatedAt: '2026-11-20T10:00:00Z',
};

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('lists products page by page, with the exact price', async () => {
  const { service, calls } = fakeService(() => (calls.length === 1 ? { items: [vase], next: 'blue-vase' } : { items: [{ ...vase, id: 'w' }] }));
  await show(<Products />, { service });

  expect(text()).toContain('39.00');
  expect(text()).toContain('3 in stock');
  await press('Show more');
  expect(document.querySelectorAll('li.knowledge')).toHaveLength(2);
  expect(text()).not.toContain('Show more');
});

it('writes a price as it is, and keeps who supplies it', async () => {
  const { service, changes } = fakeService(({ path }) => ({ items: path === '/api/suppliers' ? [{ id: 's', name: 'Boris' }] : [vase] }));
  await show(<Products />, { service });
  await press('Edit Blue vase');
  await write('amount', '41,50');
  await press('Save');

  expect(changes()).toEqual([
    {
      method: 'PUT', path: '/api/products/v',
      content: {
        title: 'Blue vase', description: 'By hand.', price: { amount: '41.50', currency: 'EUR' }, stock: 3, category: 'vase', tags: ['gift'], colours: ['blue'], url: undefined,
        imageUrl: undefined, supplierId: 's',
      },
    },
  ]);
});

it('goes back to what a product was', async () => {
  const versions = [{ version: 2, product: vase }, { version: 1, replacedAt: '2026-11-20T10:00:00Z', product: { ...vase, price: { amount: '35.00', currency: 'EUR' } } }];
  const { service, changes } = fakeService(({ path }) => ({ items: path.endsWith('/history') ? versions : [vase] }));
  await show(<Products />, { service });
  await press('History of Blue vase');
  expect(text()).toContain('35.00');
  await press('Go back to this version, 1');

  expect(changes()).toEqual([{ method: 'POST', path: '/api/products/v/roll_back', content: { version: 1 } }]);
});

it('deletes only what the person confirms', async () => {
  const { service, changes } = fakeService(() => ({ items: [vase] }));
  await show(<Products />, { service });
  vi.stubGlobal('confirm', () => false);
  await press('Delete Blue vase');
  expect(changes()).toEqual([]);

  vi.stubGlobal('confirm', () => true);
  await press('Delete Blue vase');
  expect(changes()).toEqual([{ method: 'DELETE', path: '/api/products/v', content: undefined }]);
});
