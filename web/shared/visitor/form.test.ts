import { afterEach, expect, it } from 'vitest';
import type { Card, FormField } from '../contract.ts';
import { wordsFor } from '../../widget/src/words.ts';
import { answerOf, answersIn, formOf } from './form.ts';

const { words } = wordsFor(['en']);
const fields: FormField[] = [
  { name: 'day', label: 'Day', kind: 'date', min: '2026-11-22' },
  { name: 'time', label: 'Time', kind: 'time' },
  { name: 'email', label: 'E-mail', kind: 'email', required: false },
  { name: 'phone', label: 'Phone', kind: 'phone', required: false },
  { name: 'guests', label: 'Guests', kind: 'number', required: false, min: '1' },
  { name: 'place', label: 'Place', kind: 'choice', required: false, options: ['Inside', 'Terrace'] },
];
const card: Card = { kind: 'form', id: 'f', title: 'An appointment', fields };

function show(next?: string, language = 'en') {
  const asked: string[] = [];
  const element = formOf(card, { words, language, ask: (text) => asked.push(text), next });
  document.body.replaceChildren(element);
  const input = (label: string) => [...element.querySelectorAll('label')].find((each) => each.textContent!.startsWith(label))!.parentElement!.querySelector<HTMLInputElement>('input, select')!;
  return { element, asked, input, send: () => element.dispatchEvent(new Event('submit', { cancelable: true })) };
}

afterEach(() => document.body.replaceChildren());

it('sends one message with a line for each answer, and only once', () => {
  const { asked, input, send } = show();
  input('Day').value = '2026-11-24';
  input('Time').value = '15:00';
  input('Place').value = 'Terrace';
  send();
  send();
  expect(asked).toEqual(['Day: 2026-11-24\nTime: 15:00\nPlace: Terrace']);
});

it('says in place what is missing or wrong, and goes there', () => {
  const { asked, input, send } = show();
  input('Day').value = '2026-11-01';
  input('E-mail').value = 'maria';
  input('Phone').value = 'none';
  input('Guests').value = '0';
  send();
  expect(asked).toEqual([]);
  const problem = (label: string) => document.getElementById(input(label).getAttribute('aria-describedby')!)!.textContent;
  expect(problem('Day')).toContain('November 22, 2026');
  expect(problem('Time')).toBe(words.needed);
  expect(problem('E-mail')).toBe(words.wrongEmail);
  expect(problem('Phone')).toBe(words.wrongPhone);
  expect(problem('Guests')).toBe('At least 1.');
  expect(problem('Place')).toBe('');
  expect(input('Time').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(input('Day'));
});

it('names each field, says which are needed, and keeps its keys from the page', () => {
  const { element, input } = show();
  expect(input('Day').getAttribute('aria-required')).toBe('true');
  expect(input('E-mail').getAttribute('aria-required')).toBeNull();
  expect(element.getAttribute('aria-label')).toBe('An appointment');
  let heard = 0;
  document.body.onkeydown = () => heard++;
  input('Time').dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }));
  expect(heard).toBe(0);
  input('Time').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(heard).toBe(1);
  document.body.onkeydown = null;
});

it('shows what was sent, in the reader’s words, and asks no more', () => {
  const { element } = show('Day: 2026-11-24\nTime: 15:00', 'de');
  expect(element.querySelector('input, button, select')).toBeNull();
  expect([...element.querySelectorAll('dd')].map(({ textContent }) => textContent)).toEqual(['Dienstag, 24. November 2026', '15:00']);
  expect(element.textContent).toContain(words.formSent);
});

it('is closed once something else was written', () => {
  const { element } = show('When are you open?');
  expect(element.querySelector('input, button, select, dl')).toBeNull();
  expect(element.textContent).toContain(words.formClosed);
});

it('knows its own answers from other texts', () => {
  expect(answerOf(fields, { day: '2026-11-24', time: '' })).toBe('Day: 2026-11-24');
  expect([...answersIn(fields, 'Day: 2026-11-24')!.values()]).toEqual(['2026-11-24']);
  expect(answersIn(fields, 'Day: tomorrow\nand something else')).toBeUndefined();
  expect(answersIn(fields, '')).toBeUndefined();
});
