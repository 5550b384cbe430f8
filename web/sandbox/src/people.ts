import { load, save } from '../../shared/storage.ts';

/** Somebody with a phone. */
export interface Person {
  name: string;
  number: string;
}

// Numbers that regulators keep free for stories.
const known: Person[] = [
  { name: 'Zoë', number: '+447700900123' },
  { name: 'Andreas', number: '+12025550143' },
];

const key = 'assistify.sandbox.people';

export function loadPeople(): Person[] {
  const people = load<Person[]>(key);
  return people && people.length > 0 ? people : known;
}

export function savePeople(people: Person[]): void {
  save(key, people);
}

/** The number in E.164, or undefined where it is none. */
export function readNumber(text: string): string | undefined {
  const number = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}
