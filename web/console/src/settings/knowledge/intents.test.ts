import { expect, it } from 'vitest';
import { difference, intentKey, percent } from './intents.ts';

it('puts a score beside the one of the model in use', () => {
  expect(percent(0.9132)).toBe('91.3 %');
  expect(difference(0.913, 0.892)).toBe('2.1 points more');
  expect(difference(0.85, 0.9)).toBe('5.0 points less');
  expect(difference(0.90001, 0.9)).toBe('the same');
});

it('takes an intent as people write it', () => {
  expect(intentKey(' Gift wrapping ')).toBe('gift_wrapping');
});
