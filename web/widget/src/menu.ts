import { h, icon } from '../../shared/dom.ts';
import type { Words } from './words.ts';

const dotsPath = 'M10 4.5h.01M10 10h.01M10 15.5h.01';

/** What the menu does. */
export interface MenuActions {
  /** By its short name. */
  language(language: string): void;
  transcript(): void;
  sound(on: boolean): void;
  person(): void;
}

/** What is rarely wanted, behind one button: language, a copy of the conversation, sound, a person. */
export class Menu {
  readonly element: HTMLElement;
  #button: HTMLButtonElement;
  #list: HTMLElement;
  #transcript: HTMLButtonElement;
  #person: HTMLButtonElement;
  #languages: HTMLSelectElement;

  constructor(words: Words, language: string, languages: Readonly<Record<string, string>>, sound: boolean, actions: MenuActions) {
    const item = (text: string, act: () => void) =>
      h('button', { className: 'menu-item', type: 'button', onclick: () => {
        this.#show(false);
        this.#button.focus();
        act();
      } }, text);
    this.#transcript = item(words.transcript, () => actions.transcript());
    this.#person = item(words.person, () => actions.person());
    this.#languages = h(
      'select',
      { className: 'field', id: 'assistify-language', onchange: () => actions.language(this.#languages.value) },
      ...Object.entries(languages).map(([value, name]) => h('option', { value, selected: value === language, lang: value }, name)),
    );
    const ring = h('input', { type: 'checkbox', checked: sound, onchange: () => actions.sound(ring.checked) });
    this.#list = h(
      'div',
      { className: 'menu', hidden: true, role: 'group', 'aria-label': words.menu },
      this.#person,
      this.#transcript,
      h('label', { className: 'menu-item' }, ring, words.sound),
      h('label', { className: 'menu-item', htmlFor: 'assistify-language' }, words.language, this.#languages),
    );
    this.#button = h(
      'button',
      { className: 'icon', type: 'button', 'aria-label': words.menu, 'aria-expanded': 'false', onclick: () => this.#show(this.#list.hidden === true) },
      icon(dotsPath),
    );
    this.element = h(
      'div',
      {
        className: 'menu-place',
        onkeydown: (event: KeyboardEvent) => {
          if (event.key !== 'Escape' || this.#list.hidden) return;
          // Escape closes what was opened last.
          event.stopPropagation();
          this.#show(false);
          this.#button.focus();
        },
        onfocusout: ({ relatedTarget }: FocusEvent) => {
          if (relatedTarget && !this.element.contains(relatedTarget as Node)) this.#show(false);
        },
      },
      this.#button,
      this.#list,
    );
  }

  /** What there is to do at the moment. */
  offer({ transcript, person }: { transcript: boolean; person: boolean }): void {
    this.#transcript.hidden = !transcript;
    this.#person.hidden = !person;
  }

  openLanguages(): void {
    this.#show(true);
    this.#languages.focus();
  }

  /** A tap outside of it. */
  close(): void {
    this.#show(false);
  }

  #show(open: boolean): void {
    this.#list.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
    if (open) this.#list.querySelector<HTMLElement>('button:not([hidden]), input')?.focus();
  }
}
