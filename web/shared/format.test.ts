import { expect, it } from 'vitest';
import { formatMoney } from './format.ts';

it('money is written in the reader’s way and loses no digit', () => {
  expect(formatMoney({ amount: '39.00', currency: 'EUR' }, 'en-GB')).toBe('€39.00');
  expect(formatMoney({ amount: '1234567890123456.78', currency: 'EUR' }, 'en-GB')).toBe('€1,234,567,890,123,456.78');
});

it('money of a currency that is none is written as it came', () => {
  expect(formatMoney({ amount: '5', currency: '?' })).toBe('5 ?');
});
