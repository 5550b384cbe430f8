import { ServiceError } from '../../../shared/http.ts';

/** A day's times, such as from 09:00 to 17:30. */
export interface OpeningTime {
  from: string;
  to: string;
}

export type BusinessHours = Record<string, OpeningTime[]>;

/** A day with times of its own; none: closed. */
export interface Holiday {
  /** `2026-12-25`. */
  date: string;
  name: string;
  /** On this day and month of every year. */
  yearly: boolean;
  times: OpeningTime[];
}

/** `25 December 2026`, or `25 December` where it is every year. */
export function holidayDate({ date, yearly }: Holiday, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: yearly ? undefined : 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** `09:00–13:00, 14:00–17:30`; nothing for a day that is closed. */
export function writeTimes(times: readonly OpeningTime[] | undefined): string {
  return (times ?? []).map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** @returns The times that a person wrote; undefined where they are none. */
export function readTimes(text: string): OpeningTime[] | undefined {
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  const times = parts.map((part) => {
    const match = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d{2}))?$/.exec(part);
    return match && { from: clock(match[1]!, match[2]), to: clock(match[3]!, match[4]) };
  });
  const inOrder = times.every((time, index) => time && time.from < time.to && (index === 0 || times[index - 1]!.to <= time.from) && time.to <= '24:00');
  return inOrder ? (times as OpeningTime[]) : undefined;
}

/** The times in a form's field. */
export function timesOf(form: FormData, name: string, label: string): OpeningTime[] {
  const times = readTimes(String(form.get(name) ?? ''));
  if (!times) throw new ServiceError(400, { detail: `${label}: write times such as 09:00–13:00, 14:00–17:30, one after the other.` });
  return times;
}

const clock = (hours: string, minutes = '00') => `${hours.padStart(2, '0')}:${minutes}`;
