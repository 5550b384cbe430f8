import { expect, it } from 'vitest';
import { contextOf } from './context.ts';

it('takes what a page says of itself', () => {
  expect(
    contextOf({
      url: 'https://shop.example/products/blue-vase',
      title: ' Blue vase ',
      productId: 4711,
      cart: [{ title: 'Mug', quantity: 2 }, { quantity: 1 }, null, { product: 'x', quantity: 0 }],
      plan: 'gold',
      signedIn: true,
      nothing: undefined,
      list: [1],
    }),
  ).toEqual({ url: 'https://shop.example/products/blue-vase', title: 'Blue vase', product: '4711', cart: [{ product: 'Mug', quantity: 2 }], plan: 'gold', signedIn: true });
});

it('leaves out what the service would refuse, so that the message goes', () => {
  const said = contextOf({
    url: 'javascript:alert(1)',
    title: 'x'.repeat(10_000),
    half: 'a\ud83d',
    '\ud83d': 'x',
    cart: Array.from({ length: 100 }, () => ({ product: '"'.repeat(500) })),
    ...Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`fact${n}`, 'y'.repeat(1_000)])),
  })!;
  expect(said.url).toBeUndefined();
  expect(said.title).toHaveLength(150);
  expect(said.half).toBe('a\ufffd');
  expect(Object.keys(said).filter((name) => !['url', 'title', 'product', 'cart'].includes(name)).length).toBeLessThanOrEqual(20);
  expect(JSON.stringify(said).length).toBeLessThan(6_000);
});

it('is nothing where nothing is said', () => {
  for (const said of [undefined, null, 'x', [], {}, { url: '' , title: '' }]) expect(contextOf(said) ?? {}).not.toHaveProperty('title');
  expect(contextOf({})).toBeUndefined();
  expect(contextOf('x')).toBeUndefined();
});
