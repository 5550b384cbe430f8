import type { Conversation, User } from '../contract.ts';
import { channelName } from '../names.ts';

/** What is being looked up while somebody types: a canned answer after `/`, a colleague after `@`. */
export interface Lookup {
  sign: '/' | '@';
  query: string;
  /** Where the sign is. */
  at: number;
}

/** The word before the caret, where it begins with a sign at the start of a line or after a blank. */
export function lookupAt(text: string, caret: number): Lookup | undefined {
  const match = /(?:^|\s)([/@])([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!match) return undefined;
  const [, sign, query] = match;
  return { sign: sign as '/' | '@', query: query!.toLowerCase(), at: caret - query!.length - 1 };
}

/** The text with what was looked up in place of what was typed, and where the caret is then. */
export function replaceLookup(text: string, { at, query }: Lookup, replacement: string): { text: string; caret: number } {
  const end = at + 1 + query.length;
  return { text: text.slice(0, at) + replacement + text.slice(end), caret: at + replacement.length };
}

const first = (name: string | undefined) => name?.trim().split(/\s+/)[0];

/** `{{customer.name|there}}` becomes the name, or what stands behind the bar where nobody knows it. */
export function fill(text: string, conversation: Conversation, me: User): string {
  const { name } = conversation.customer;
  const values: Record<string, string | undefined> = {
    'customer.name': name,
    'customer.firstName': first(name),
    'me.name': me.name,
    'me.firstName': first(me.name),
    channel: channelName(conversation.channel),
  };
  return text.replace(/\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g, (_, variable: string, otherwise: string | undefined) => values[variable] || otherwise?.trim() || '');
}

/** Shortcuts that begin with it first, then those whose shortcut or text has it somewhere. */
export function search<Item extends { key: string; about: string }>(items: readonly Item[], query: string, most: number): Item[] {
  const rank = ({ key, about }: Item) => (key.toLowerCase().startsWith(query) ? 0 : `${key} ${about}`.toLowerCase().includes(query) ? 1 : 2);
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((ranked) => ranked.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ item }) => item);
}

/** Those of the people whose names stand in the text after an `@`; of names that begin alike the longest is meant. */
export function mentioned<Person extends { name: string }>(text: string, people: readonly Person[]): Person[] {
  let rest = text;
  return people
    .toSorted((a, b) => b.name.length - a.name.length)
    .filter(({ name }) => {
      const parts = rest.split(new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u'));
      rest = parts.join('\n');
      return parts.length > 1;
    });
}
