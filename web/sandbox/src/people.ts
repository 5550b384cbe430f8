import { load, save } from '../../shared/storage.ts';
import type { Channel } from './service.ts';

/** Somebody with a phone. */
export interface Person {
  name: string;
  address: string;
}

const key = (channel: Channel) => `assistify.sandbox.people.${channel.channel}`;

/** Those the sandbox knows, and those that were added on this page. */
export function loadPeople(channel: Channel): Person[] {
  const added = load<Person[]>(key(channel)) ?? [];
  return [...channel.people, ...added.filter(({ address }) => !channel.people.some((person) => person.address === address))];
}

export function savePeople(channel: Channel, people: Person[]): void {
  save(key(channel), people);
}

/** The address as the channel has it, or undefined where it is none. The sandbox has the last word. */
export function readAddress(channel: string, text: string): string | undefined {
  const plain = text.trim();
  if (channel === 'whatsapp') {
    const number = readNumber(plain);
    return number && `whatsapp:${number}`;
  }
  if (channel === 'whatsapp-cloud') return readNumber(plain)?.slice(1) ?? (/^[A-Z]{2}\.[A-Za-z0-9]+$/.test(plain) ? plain : undefined);
  return plain !== '' && !/\s/.test(plain) ? plain : undefined;
}

/** The number in E.164, or undefined where it is none. */
export function readNumber(text: string): string | undefined {
  const number = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}
