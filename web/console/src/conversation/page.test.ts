import { expect, it } from 'vitest';
import type { Message } from '../contract.ts';
import { pagesOf } from './page.ts';

const said = (type: Message['author']['type'], page?: Message['page']): Message => ({
  id: 'm', conversationId: 'c', sequence: 1, direction: 'inbound', author: { type }, text: 'x', createdAt: '2026-11-22T10:00:00Z', page,
});

it('says what the customer looks at once, and again when it is another page', () => {
  const vase = { title: 'Blue vase', url: 'https://shop.example/vase' };
  const messages = [said('customer', vase), said('assistant'), said('customer', vase), said('customer', { product: 'mug' }), said('customer'), said('customer', vase)];
  expect(pagesOf(messages)).toEqual(['Blue vase', undefined, undefined, 'mug', undefined, 'Blue vase']);
});
