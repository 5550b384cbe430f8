import { beforeEach, expect, it } from 'vitest';
import { textOfTemplate, usedTemplates, valuesOf } from './templates.ts';

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
