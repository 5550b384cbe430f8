import { beforeEach, expect, it } from 'vitest';
import { filled, placesOf, textOfTemplate, usedTemplates, valuesOf } from './templates.ts';

beforeEach(() => localStorage.clear());

it('reads one value a line, and says how the template reads', () => {
  const values = valuesOf('1001\n\n Friday \n');
  expect(values).toEqual(['1001', 'Friday']);
  expect(textOfTemplate({ name: 'order_update', values })).toBe('order_update: 1001, Friday');
  expect(textOfTemplate({ name: 'hello', values: [] })).toBe('hello');
});

it('keeps the templates that were sent, the latest first, and no customer’s values', () => {
  usedTemplates.keep({ name: 'order_update', language: 'en', values: ['1001'] });
  usedTemplates.keep({ name: 'hello', language: 'el', values: [] });
  usedTemplates.keep({ name: 'order_update', language: 'en', values: ['1002'] });
  expect(usedTemplates.list()).toEqual([
    { name: 'order_update', language: 'en' },
    { name: 'hello', language: 'el' },
  ]);
});

it('fills the numbered places of a stored text, wherever they stand', () => {
  const text = '{{2}}: order {{1}} comes {{ 2 }}.';
  expect(placesOf(text)).toEqual([1, 2]);
  expect(filled(text, ['1001', ' Friday '])).toBe('Friday: order 1001 comes Friday.');
  expect(filled(text, ['', 'Friday'])).toBe('Friday: order {{1}} comes Friday.');
});
