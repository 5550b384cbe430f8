import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '../../shared/contract.ts';
import type { View } from '../../shared/visitor/chat.ts';
import { WidgetElement } from './element.ts';

/** The conversation as the test says it is. */
const chat = vi.hoisted(() => ({ view: undefined as unknown, tell: () => {} }));
vi.mock('../../shared/visitor/chat.ts', () => ({
  Chat: class {
    view = () => chat.view;
    subscribe(listener: () => void) {
      chat.tell = listener;
    }
    start() {}
    read() {}
    typing() {}
    upload = () => Promise.resolve({ id: 'f', name: 'vase.png' });
  },
}));

customElements.define('assistify-widget', WidgetElement);

const message = (sequence: number, more: Partial<Message>): Message => ({
  id: `m${sequence}`, conversationId: 'c', sequence, direction: 'outbound', author: { type: 'assistant' }, text: `Message ${sequence}`, createdAt: '2026-11-22T10:00:00Z', ...more,
});
const form = message(1, { cards: [{ kind: 'form', id: 'f', title: 'An appointment', fields: [{ name: 'place', label: 'Place', kind: 'text' }] }] });

let widget: WidgetElement;
const find = <Found extends HTMLElement>(selector: string) => widget.shadowRoot!.querySelector<Found>(selector)!;
const active = () => widget.shadowRoot!.activeElement;

function show(change: Partial<View>): void {
  chat.view = { ready: true, connection: 'connected', turn: 'assistant', messages: [], outgoing: [], unrated: false, typing: false, read: false, late: false, ...change };
  chat.tell();
}

beforeEach(() => {
  localStorage.clear();
  show({});
  widget = document.createElement('assistify-widget') as WidgetElement;
  document.body.append(widget);
  widget.begin({ origin: 'https://desk.example', workspaceKey: 'demo', name: undefined, colour: undefined, language: 'en', suggestions: [] });
  widget.open();
});

afterEach(() => document.body.replaceChildren());

it('leaves alone what the visitor fills in while others write', () => {
  show({ messages: [form] });
  const place = find<HTMLInputElement>('.asked input');
  place.focus();
  show({ messages: [form], typing: true });
  show({ messages: [form, message(2, { author: { type: 'agent' } })] });
  expect(find('.asked input')).toBe(place);
  expect(active()).toBe(place);
  expect([...find('ol').children].map(({ textContent }) => /Message \d/.exec(textContent)?.[0])).toEqual(['Message 1', 'Message 2']);
});

it('keeps what was written and attached when the language is changed, and the keys where they were', async () => {
  show({ messages: [form] });
  find<HTMLTextAreaElement>('.composer .field').value = 'Do you ship';
  const picker = find<HTMLInputElement>('input[type=file]');
  Object.defineProperty(picker, 'files', { value: [new File(['x'], 'vase.png')] });
  picker.dispatchEvent(new Event('change'));
  const languages = find<HTMLSelectElement>('.menu select');
  languages.value = 'de';
  languages.dispatchEvent(new Event('change'));

  expect(find<HTMLTextAreaElement>('.composer .field').value).toBe('Do you ship');
  expect(find('.files').textContent).toContain('vase.png');
  expect(find('.attach').getAttribute('aria-label')).toBe('Dateien anhängen');
  expect(active()).toBe(find('.menu select'));
  await vi.waitFor(() => expect(find<HTMLButtonElement>('.send').disabled).toBe(false), { timeout: 30_000 });
});

it('keeps what was said before the chat when the language is changed', () => {
  show({ asked: { name: 'required', message: 'optional' } });
  find<HTMLInputElement>('#assistify-name').value = 'Maria';
  const languages = find<HTMLSelectElement>('.menu select');
  languages.value = 'de';
  languages.dispatchEvent(new Event('change'));
  expect(find<HTMLInputElement>('#assistify-name').value).toBe('Maria');
  expect(find('.introduction').textContent).toContain('Chat beginnen');
});
