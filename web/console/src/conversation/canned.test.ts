import { expect, it } from 'vitest';
import type { Conversation, User } from '../contract.ts';
import { fill, lookupAt, mentioned, replaceLookup, search } from './canned.ts';

const me = { name: 'Maria Georgiou' } as User;
const withName = (name?: string) => ({ channel: 'whatsapp', customer: { id: 'k', name, identifiers: [] } }) as unknown as Conversation;

it('looks up after a sign that begins a word, wherever the caret is', () => {
  expect(lookupAt('/', 1)).toEqual({ sign: '/', query: '', at: 0 });
  expect(lookupAt('Hello /Ho', 9)).toEqual({ sign: '/', query: 'ho', at: 6 });
  expect(lookupAt('see @Μαρ and more', 8)).toEqual({ sign: '@', query: 'μαρ', at: 4 });
  expect(lookupAt('1/2', 3)).toBeUndefined();
  expect(lookupAt('me@example', 10)).toBeUndefined();
  expect(lookupAt('/hours now', 10)).toBeUndefined();
});

it('puts the answer in place of what was typed', () => {
  expect(replaceLookup('Hello /ho bye', { sign: '/', query: 'ho', at: 6 }, 'from ten')).toEqual({ text: 'Hello from ten bye', caret: 14 });
});

it('fills variables, with what stands in for an unknown name', () => {
  expect(fill('Hello {{customer.firstName|there}}, {{ me.firstName }} here on {{channel}}.', withName('Ada Lovelace'), me)).toBe('Hello Ada, Maria here on WhatsApp.');
  expect(fill('Hello {{customer.firstName|there}}{{customer.name}}.', withName(), me)).toBe('Hello there.');
});

it('finds beginnings of shortcuts before words in texts', () => {
  const items = [
    { key: 'returns', about: 'Send it back within the hour' },
    { key: 'hours', about: 'From ten' },
    { key: 'thanks', about: 'Thank you' },
  ];
  expect(search(items, 'hour', 5).map(({ key }) => key)).toEqual(['hours', 'returns']);
  expect(search(items, '', 2)).toHaveLength(2);
});

it('knows who is named, and not who only begins alike', () => {
  const people = [{ name: 'Ada' }, { name: 'Ada Lovelace' }, { name: 'Adam' }];
  expect(mentioned('@Adam, look', people).map(({ name }) => name)).toEqual(['Adam']);
  expect(mentioned('Ask @Ada Lovelace.', people).map(({ name }) => name)).toEqual(['Ada Lovelace']);
  expect(mentioned('@Ada and @Ada Lovelace', people)).toHaveLength(2);
});
