/** A day's times, such as from 09:00 to 17:30. */
export interface OpeningTime {
  from: string;
  to: string;
}

export type BusinessHours = Record<string, OpeningTime[]>;

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

const clock = (hours: string, minutes = '00') => `${hours.padStart(2, '0')}:${minutes}`;
