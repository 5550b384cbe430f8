import type { PeopleHours } from '../../shared/contract.ts';
import { dateFormat } from '../../shared/format.ts';
import { fill, type Words } from './words.ts';

const dayMs = 24 * 60 * 60_000;

/** How soon people answer, in a few words; nothing where that is always, unknown or over. */
export function answeringWords(people: PeopleHours | undefined, words: Words, language: string, now: number): string {
  if (!people?.changesAt) return '';
  const at = new Date(people.changesAt);
  // What was true when the page was opened has changed since.
  if (Number.isNaN(at.getTime()) || at.getTime() <= now) return '';
  const today = at.toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = today
    ? { hour: 'numeric', minute: '2-digit' }
    : at.getTime() - now < 7 * dayMs
      ? { weekday: 'long', hour: 'numeric', minute: '2-digit' }
      : { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' };
  return fill(people.now ? words.peopleUntil : words.peopleFrom, { time: dateFormat(language, options).format(at) });
}
