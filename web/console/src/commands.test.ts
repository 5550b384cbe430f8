import { expect, it } from 'vitest';
import { grouped, matching, type Command } from './commands.ts';

const command = (name: string, about?: string): Command => ({ id: name, group: 'Settings', name, about, run: () => undefined });
const all = [command('Take over'), command('Knowledge', 'Entries, documents'), command('Übersicht')];
const found = (query: string) => matching(all, query).map(({ name }) => name);

it('finds what begins like each word that was typed, in whatever order', () => {
  expect(found('')).toHaveLength(3);
  expect(found('over ta')).toEqual(['Take over']);
  expect(found('DOC')).toEqual(['Knowledge']);
  expect(found('über')).toEqual(['Übersicht']);
  expect(found('ver')).toEqual([]);
});

it('puts what was searched for below what is known, in whatever order it comes', () => {
  const all = [{ ...command('Maria'), group: 'Conversations' as const }, command('Rules'), { ...command('Reply'), group: 'This conversation' as const }, command('Users')];
  expect(grouped(all).map(({ group, commands }) => [group, commands.map(({ name }) => name)])).toEqual([
    ['This conversation', ['Reply']],
    ['Settings', ['Rules', 'Users']],
    ['Conversations', ['Maria']],
  ]);
});
