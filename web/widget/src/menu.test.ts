import { afterEach, expect, it } from 'vitest';
import type { Message } from '../../shared/contract.ts';
import { answeringWords } from './hours.ts';
import { Menu } from './menu.ts';
import { transcriptOf } from './transcript.ts';
import { languages, wordsFor } from './words.ts';

const { words } = wordsFor(['en']);

function show() {
  const did: string[] = [];
  const menu = new Menu(words, 'en', languages, false, {
    language: (language) => did.push(language),
    transcript: () => did.push('transcript'),
    sound: (on) => did.push(`sound ${on}`),
    person: () => did.push('person'),
  });
  document.body.replaceChildren(menu.element);
  const button = menu.element.querySelector('button')!;
  return { did, menu, button, list: menu.element.querySelector<HTMLElement>('.menu')! };
}

afterEach(() => document.body.replaceChildren());

it('opens with the focus in it, and Escape closes it and nothing else', () => {
  const { menu, button, list } = show();
  menu.offer({ transcript: true, person: true });
  button.click();
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(document.activeElement!.textContent).toBe(words.person);
  let heard = 0;
  document.body.onkeydown = () => heard++;
  list.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(list.hidden).toBe(true);
  expect(document.activeElement).toBe(button);
  expect(heard).toBe(0);
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(heard).toBe(1);
  document.body.onkeydown = null;
});

it('does what is chosen, and offers only what there is to do', () => {
  const { did, menu, button, list } = show();
  menu.offer({ transcript: true, person: false });
  button.click();
  const items = [...list.querySelectorAll<HTMLButtonElement>('button')];
  expect(items.map(({ hidden }) => hidden)).toEqual([true, false]);
  items[1]!.click();
  expect(list.hidden).toBe(true);
  const choice = list.querySelector('select')!;
  expect([...choice.options].map(({ value }) => value)).toEqual(['en', 'el', 'tr', 'de', 'es', 'ar']);
  choice.value = 'ar';
  choice.dispatchEvent(new Event('change'));
  list.querySelector<HTMLInputElement>('input')!.click();
  expect(did).toEqual(['transcript', 'ar', 'sound true']);
});

it('gives the conversation as a text with who said what, on which sources', () => {
  const message = (type: Message['author']['type'], text: string, more: Partial<Message> = {}): Message => ({
    id: text, conversationId: 'c', sequence: 1, direction: 'inbound', author: { type }, text, createdAt: '2026-11-22T10:00:00Z', ...more,
  });
  const text = transcriptOf(
    [
      message('customer', 'A vase?'),
      message('assistant', 'This one [1].', {
        cards: [{ kind: 'product', id: 'p', title: 'Blue vase', price: { amount: '39.00', currency: 'EUR' }, url: 'https://shop.example/vase' }, { kind: 'choice', id: 'y', title: 'Yes', action: 'y' }],
        citations: [{ documentId: 'd', title: 'Catalogue', quote: 'A vase.' }],
      }),
      message('agent', 'Hello.', { author: { type: 'agent', name: 'Eve' } }),
    ],
    words,
    'en-GB',
    'Ceramics',
  );
  expect(text).toMatch(/^Ceramics\n\n22 Nov 2026, \d\d:00 · You\nA vase\?\n\n/);
  expect(text).toContain('- Blue vase 39.00 EUR https://shop.example/vase\n[1] Catalogue');
  expect(text).toContain('· Eve\nHello.');
  expect(text).not.toContain('Yes');
});

it('says how soon people answer, as long as it is known', () => {
  const now = new Date(2026, 10, 22, 10, 0).getTime();
  const at = (days: number, hour: number) => new Date(2026, 10, 22 + days, hour, 0).toISOString();
  const say = (people: Parameters<typeof answeringWords>[0]) => answeringWords(people, words, 'en-GB', now);
  expect(say({ now: true, changesAt: at(0, 18) })).toBe('People answer until 18:00');
  expect(say({ now: false, changesAt: at(1, 9) })).toBe('People answer from Monday 09:00');
  expect(say({ now: false, changesAt: at(30, 9) })).toContain('22 December');
  expect(say({ now: true })).toBe('');
  expect(say({ now: true, changesAt: at(0, 9) })).toBe('');
  expect(say(undefined)).toBe('');
});
