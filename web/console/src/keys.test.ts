import { expect, it } from 'vitest';
import { keyOf } from './keys.ts';

const pressed = (key: string, code: string, shiftKey = false) => keyOf({ key, code, shiftKey });

it('a Latin keyboard is read by its signs, wherever they stand', () => {
  expect(pressed('j', 'KeyJ')).toBe('j');
  expect(pressed('a', 'KeyQ')).toBe('a');
  expect(pressed('E', 'KeyE', true)).toBe('E');
});

it('on other keyboards the key in a letter’s place is that letter', () => {
  expect(pressed('ξ', 'KeyJ')).toBe('j');
  expect(pressed('Ε', 'KeyE', true)).toBe('E');
  expect(pressed('о', 'KeyJ')).toBe('j');
  expect(pressed('ت', 'KeyJ')).toBe('j');
});

it('every other key is itself', () => {
  expect(pressed('?', 'Slash', true)).toBe('?');
  expect(pressed('Escape', 'Escape')).toBe('Escape');
  expect(pressed('ö', 'Semicolon')).toBe('ö');
});
