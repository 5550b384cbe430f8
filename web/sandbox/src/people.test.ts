import { expect, it } from 'vitest';
import { readAddress, readNumber } from './people.ts';

it('reads a number as people write it', () => {
  expect(readNumber('+44 7700 900-123')).toBe('+447700900123');
  expect(readNumber('00 357 (99) 000.123')).toBe('+35799000123');
});

it('takes nothing that is no number', () => {
  for (const text of ['', '07700900123', '+0123456789', '+44', 'Zoë', '+44770090012345678']) expect(readNumber(text)).toBeUndefined();
});

it('writes an address as its channel does', () => {
  expect(readAddress('whatsapp', '+44 7700 900123')).toBe('whatsapp:+447700900123');
  expect(readAddress('whatsapp-cloud', '+44 7700 900123')).toBe('447700900123');
  expect(readAddress('whatsapp-cloud', 'US.13491208655302741918')).toBe('US.13491208655302741918');
  expect(readAddress('slack', ' U2147483697 ')).toBe('U2147483697');
  expect(readAddress('slack', 'two words')).toBeUndefined();
});
