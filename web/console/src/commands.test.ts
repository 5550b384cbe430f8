import { expect, it } from 'vitest';
import { matching, type Command } from './commands.ts';

const command = (name: string, about?: string): Command => ({ id: name, group: 'g', name, about, run: () => undefined });
const all = [command('Take over'), command('Knowledge', 'Entries, documents'), command('Übersicht')];
const found = (query: string) => matching(all, query).map(({ name }) => name);

it('finds what begins like each word that was typed, in whatever order', () => {
  expect(found('')).toHaveLength(3);
  expect(found('over ta')).toEqual(['Take over']);
  expect(found('DOC')).toEqual(['Knowledge']);
  expect(found('über')).toEqual(['Übersicht']);
  expect(found('ver')).toEqual([]);
});
