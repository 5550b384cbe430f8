import type { Card, FormField } from '../contract.ts';
import { h } from '../dom.ts';

/** What a form says beside its own labels, in the visitor's language. */
export interface FormWords {
  optional: string;
  sendForm: string;
  needed: string;
  wrongEmail: string;
  wrongPhone: string;
  wrongNumber: string;
  /** With the first day as `{min}`. */
  tooEarly: string;
  /** With the least number as `{min}`. */
  tooSmall: string;
  choose: string;
  /** Of a form that was answered. */
  formSent: string;
  /** Of a form that something else was written to. */
  formClosed: string;
}

export interface FormManner {
  words: FormWords;
  language: string;
  /** Sends the answer, one ordinary message. */
  ask(text: string): void;
  /** What the visitor wrote next: the form is over then. */
  next: string | undefined;
}

type Input = HTMLInputElement | HTMLSelectElement;

interface Question {
  field: FormField;
  input: Input;
  problem: HTMLElement;
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const phone = /^\+?[\d\s()./-]{5,24}$/;
const types: Record<FormField['kind'], string> = { text: 'text', email: 'email', phone: 'tel', number: 'text', date: 'date', time: 'time', choice: '' };
const fillings: Partial<Record<FormField['kind'], AutoFill>> = { email: 'email', phone: 'tel' };
let made = 0;

/** A line for each answer: people read it, and the assistant does. */
export function answerOf(fields: readonly FormField[], values: Readonly<Record<string, string>>): string {
  return fields.flatMap(({ name, label }) => (values[name] ? [`${label}: ${values[name]}`] : [])).join('\n');
}

/** What a message says to the fields of a form, by label; nothing where it is no answer to it. */
export function answersIn(fields: readonly FormField[], text: string): Map<FormField, string> | undefined {
  const answers = new Map<FormField, string>();
  for (const line of text.split('\n')) {
    const field = fields.find(({ label }) => line.startsWith(`${label}: `));
    if (!field) return undefined;
    answers.set(field, line.slice(field.label.length + 2));
  }
  return answers.size > 0 ? answers : undefined;
}

/** A form that the assistant asks with; once something was written it shows that and asks no more. */
export function formOf(card: Card, manner: FormManner): HTMLElement {
  const { title, fields = [] } = card;
  const { words, next } = manner;
  if (next === undefined) return openForm(title, fields, manner);
  const answers = answersIn(fields, next);
  return h(
    'div',
    { className: 'asked asked-over', role: 'group', 'aria-label': title },
    h('p', { className: 'asked-title', dir: 'auto' }, title),
    answers
      ? h(
          'dl',
          { className: 'answered' },
          ...[...answers].map(([field, value]) => h('div', {}, h('dt', { dir: 'auto' }, field.label), h('dd', { dir: 'auto' }, shown(field, value, manner.language)))),
        )
      : undefined,
    h('p', { className: 'meta' }, answers ? words.formSent : words.formClosed),
  );
}

function openForm(title: string, fields: readonly FormField[], { words, language, ask }: FormManner): HTMLFormElement {
  const questions = fields.map((field): Question => ({ field, input: inputOf(field, words), problem: h('p', { className: 'problem' }) }));
  const number = ++made;
  let sent = false;
  const form = h(
    'form',
    {
      className: 'asked',
      noValidate: true,
      'aria-label': title,
      // The page's own shortcuts are not for what is written here.
      onkeydown: (event: KeyboardEvent) => event.key !== 'Escape' && event.stopPropagation(),
      onsubmit: (event: Event) => {
        event.preventDefault();
        const values = sent ? undefined : read(questions, words, language);
        if (!values) return;
        // A second tap before the message is shown sends nothing.
        sent = true;
        ask(answerOf(fields, values));
      },
    },
    h('p', { className: 'asked-title', dir: 'auto' }, title),
    ...questions.map((question) => row(question, `assistify-form-${number}-${question.field.name}`, words)),
    h('button', { className: 'button start', type: 'submit' }, words.sendForm),
  );
  return form;
}

function inputOf(field: FormField, words: FormWords): Input {
  if (field.kind === 'choice') {
    return h('select', {}, h('option', { value: '' }, words.choose), ...(field.options ?? []).map((option) => h('option', { value: option }, option)));
  }
  const input = h('input', { type: types[field.kind] ?? 'text', maxLength: 300 });
  if (field.kind === 'date' && field.min) input.min = field.min;
  if (field.kind === 'number') input.inputMode = 'decimal';
  const filling = fillings[field.kind];
  if (filling) input.autocomplete = filling;
  return input;
}

function row({ field, input, problem }: Question, id: string, words: FormWords): HTMLElement {
  problem.id = `${id}-problem`;
  input.id = id;
  input.className = 'field';
  if (field.kind === 'text' || field.kind === 'choice') input.dir = 'auto';
  input.setAttribute('aria-describedby', problem.id);
  if (isRequired(field)) input.setAttribute('aria-required', 'true');
  return h(
    'div',
    { className: 'question' },
    h('label', { htmlFor: id, dir: 'auto' }, field.label, !isRequired(field) && h('span', { className: 'meta' }, ` (${words.optional})`)),
    input,
    problem,
  );
}

const isRequired = ({ required }: FormField): boolean => required !== false;

/** @returns The answers; undefined where something is missing or wrong, which then says so and has the focus. */
function read(questions: readonly Question[], words: FormWords, language: string): Record<string, string> | undefined {
  const wrong = questions.filter(({ field, input, problem }) => {
    const text = problemOf(field, input.value.trim(), words, language);
    problem.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
    return text !== '';
  });
  if (wrong[0]) {
    wrong[0].input.focus();
    return undefined;
  }
  return Object.fromEntries(questions.map(({ field, input }) => [field.name, input.value.trim().replace(/\s+/g, ' ')]));
}

function problemOf(field: FormField, text: string, words: FormWords, language: string): string {
  if (text === '') return isRequired(field) ? words.needed : '';
  if (field.kind === 'email') return address.test(text) ? '' : words.wrongEmail;
  if (field.kind === 'phone') return phone.test(text) ? '' : words.wrongPhone;
  if (field.kind === 'date') return field.min && text < field.min ? words.tooEarly.replace('{min}', shown(field, field.min, language)) : '';
  if (field.kind !== 'number') return '';
  const number = Number(text.replace(',', '.'));
  if (Number.isNaN(number)) return words.wrongNumber;
  return field.min && number < Number(field.min) ? words.tooSmall.replace('{min}', field.min) : '';
}

/** A day in the reader's words; anything else as it was written. */
function shown({ kind }: FormField, value: string, language: string): string {
  const day = kind === 'date' ? new Date(`${value}T12:00:00Z`) : undefined;
  return day && !Number.isNaN(day.getTime()) ? new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(day) : value;
}
