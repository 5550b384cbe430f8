import { expect, it } from 'vitest';
import { readTimes, writeTimes } from './hours.ts';

it('reads times as people write them', () => {
  expect(readTimes('9-17:30')).toEqual([{ from: '09:00', to: '17:30' }]);
  expect(readTimes('09:00–13:00, 14:00 to 24')).toEqual([
    { from: '09:00', to: '13:00' },
    { from: '14:00', to: '24:00' },
  ]);
  expect(readTimes(' ')).toEqual([]);
});

it('takes no times that are none', () => {
  for (const text of ['morning', '17-9', '9-13, 12-17', '9-25', '9:5-10']) expect(readTimes(text), text).toBeUndefined();
});

it('writes what it reads', () => {
  const text = '09:00–13:00, 14:00–17:30';
  expect(writeTimes(readTimes(text))).toBe(text);
  expect(writeTimes(undefined)).toBe('');
});
