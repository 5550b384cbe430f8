import { expect, it } from 'vitest';
import { customerName, initials, languageName, spoken } from './names.ts';

it('calls customers by their name, or by an address that people can read', () => {
  const id = '01a1fe21-5584-79d8-914c-24139e22dc37';
  expect(customerName({ id, name: 'Maria', identifiers: [] })).toBe('Maria');
  expect(customerName({ id, identifiers: [{ kind: 'web', value: 'x' }, { kind: 'whatsapp', value: '+357 99' }] })).toBe('+357 99');
  expect(customerName({ id, identifiers: [{ kind: 'web', value: 'x' }] })).toBe('Visitor dc37');
});

it('makes initials of names of any script', () => {
  expect([initials('Maria Elena Papadaki'), initials('Ζωή'), initials('+357 99')]).toEqual(['MP', 'Ζ', '#']);
});

it('names languages, and leaves what is none', () => {
  expect([languageName('el'), languageName('de-AT'), languageName('en_US')]).toEqual(['Greek', 'Austrian German', 'en_US']);
});

it('writes keys as words', () => {
  expect(spoken('product_search')).toBe('Product search');
});
