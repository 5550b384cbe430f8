import { expect, it } from 'vitest';
import { readNumber } from './people.ts';

it('reads a number as people write it', () => {
  expect(readNumber('+44 7700 900-123')).toBe('+447700900123');
  expect(readNumber('00 357 (99) 000.123')).toBe('+35799000123');
});

it('takes nothing that is no number', () => {
  for (const text of ['', '07700900123', '+0123456789', '+44', 'Zoë', '+44770090012345678']) expect(readNumber(text)).toBeUndefined();
});
