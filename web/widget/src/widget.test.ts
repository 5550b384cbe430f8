import { expect, it } from 'vitest';
import type { Message } from '../../shared/contract.ts';
import { entry } from './entries.ts';
import { linked } from '../../shared/dom.ts';
import { readSettings, textOn } from './settings.ts';
import { fill, wordsFor } from './words.ts';

it('speaks the first wanted language that it knows, in its direction', () => {
  expect(wordsFor(['fr-FR', 'el-GR', 'en']).language).toBe('el');
  expect(wordsFor([undefined, 'ar-EG'])).toMatchObject({ language: 'ar', direction: 'rtl' });
  expect(wordsFor(['fr'])).toMatchObject({ language: 'en', direction: 'ltr' });
});

it.each(['el', 'tr', 'de', 'es', 'ar'])('has every word in %s, with the same places for values', (language) => {
  const english = wordsFor(['en']).words;
  const { words } = wordsFor([language]);
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const key of Object.keys(english) as (keyof typeof english)[]) {
    expect(words[key], key).not.toBe('');
    expect(places(words[key]), key).toBe(places(english[key]));
  }
});

it('fills values in', () => {
  expect(fill('{n} of {title}', { n: 2, title: 'x' })).toBe('2 of x');
});

it('picks the text that is read better on the shop’s colour', () => {
  expect(textOn('rgb(20, 60, 120)')).toBe('#fff');
  expect(textOn('rgb(250, 220, 80)')).toBe('#101418');
});

it('says what is wrong with the tag', () => {
  const script = document.createElement('script');
  expect(() => readSettings(null)).toThrow('src');
  script.src = 'https://desk.example/widget.js';
  expect(() => readSettings(script)).toThrow('data-workspace-key');
  script.dataset.workspaceKey = 'demo';
  script.dataset.suggestions = 'One | Two||';
  expect(readSettings(script)).toMatchObject({ origin: 'https://desk.example', suggestions: ['One', 'Two'] });
});

it('takes nothing in a message for markup', () => {
  const host = document.createElement('p');
  host.append(...linked('<img src=x onerror=alert(1)> https://shop.example/a?b=1.'));
  expect(host.querySelector('img')).toBeNull();
  expect(host.querySelector('a')?.href).toBe('https://shop.example/a?b=1');
});

it('opens the quoted source of a number in the text', () => {
  const { words } = wordsFor(['en']);
  const element = entry(
    {
      id: 'm',
      conversationId: 'c',
      sequence: 1,
      direction: 'outbound',
      author: { type: 'assistant' },
      text: 'Until six [1].',
      createdAt: '2026-03-10T10:00:00Z',
      citations: [{ documentId: 'd', title: 'Opening hours', quote: 'We close at six.' }],
    },
    { words, language: 'en', origin: 'https://desk.example', ask: () => undefined },
  );
  const chip = element.querySelector('button')!;
  expect(chip.getAttribute('aria-label')).toBe('Source 1: Opening hours');
  chip.click();
  expect(element.querySelector('blockquote')?.textContent).toBe('We close at six.');
  chip.click();
  expect(element.querySelector('blockquote')).toBeNull();
});

it('sends what stands on an answer that is tapped, and shows it as no product', () => {
  const { words } = wordsFor(['en']);
  const asked: string[] = [];
  const element = entry(
    {
      id: 'm',
      conversationId: 'c',
      sequence: 1,
      direction: 'outbound',
      author: { type: 'assistant' },
      text: 'A colleague?',
      createdAt: '2026-03-10T10:00:00Z',
      cards: [
        { kind: 'choice', id: 'assistant:person', title: 'Yes', action: 'assistant:person' },
        { kind: 'choice', id: 'assistant:no-person', title: 'No', action: 'assistant:no-person' },
      ],
    },
    { words, language: 'en', origin: 'https://desk.example', ask: (text) => asked.push(text) },
  );
  expect(element.querySelector('.card')).toBeNull();
  const buttons = [...element.querySelectorAll<HTMLButtonElement>('.choices button')];
  expect(buttons.map((button) => button.textContent)).toEqual(['Yes', 'No']);
  buttons[0]!.click();
  expect(asked).toEqual(['Yes']);
});

it('says of a message whether it was stored or seen', () => {
  const { words } = wordsFor(['en']);
  const manner = { words, language: 'en', origin: 'https://desk.example', ask: () => undefined };
  const message: Message = { id: 'm', conversationId: 'c', sequence: 1, direction: 'inbound', author: { type: 'customer' }, text: 'Hello', createdAt: '2026-03-10T10:00:00Z' };
  expect(entry(message, manner).querySelector('.meta')!.textContent).not.toContain('·');
  expect(entry(message, manner, { delivered: 'sent' }).querySelector('.meta')!.textContent).toMatch(/ · Sent$/);
  expect(entry(message, manner, { delivered: 'read' }).querySelector('.meta')!.textContent).toMatch(/ · Read$/);
});

it('asks with a form or with times in place of products, until something was written', () => {
  const { words } = wordsFor(['en']);
  const asked: string[] = [];
  const manner = { words, language: 'en', origin: 'https://desk.example', ask: (text: string) => asked.push(text) };
  const message: Message = {
    id: 'm',
    conversationId: 'c',
    sequence: 1,
    direction: 'outbound',
    author: { type: 'assistant' },
    text: 'When?',
    createdAt: '2026-03-10T10:00:00Z',
    cards: [
      { kind: 'form', id: 'f', title: 'An appointment', fields: [{ name: 'day', label: 'Day', kind: 'date' }] },
      { kind: 'booking', id: 's', title: 'Or one of these', slots: [{ id: 'a', start: '2026-03-11T10:00:00Z', title: 'Tomorrow at ten' }] },
    ],
  };
  const open = entry(message, manner);
  expect(open.querySelector('.card, .cards')).toBeNull();
  open.querySelector<HTMLElement>('.time')!.click();
  expect(asked).toEqual(['Tomorrow at ten']);
  const over = entry(message, manner, { next: 'Tomorrow at ten' });
  expect(over.querySelector('button, input')).toBeNull();
  expect(over.querySelector('.slots')!.textContent).toContain(words.chosen);
});
