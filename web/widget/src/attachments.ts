import type { Chat } from '../../shared/visitor/chat.ts';
import type { SentFile } from '../../shared/visitor/outbox.ts';
import { h, icon } from '../../shared/dom.ts';
import { fill, type Words } from './words.ts';

const largest = 25 * 1024 * 1024;
const most = 10;
const clipPath = 'm14.5 9.5-5 5a3 3 0 0 1-4.25-4.25l6-6a2 2 0 0 1 2.85 2.85l-6 6a1 1 0 0 1-1.4-1.4l5-5';
const crossPath = 'm5 5 10 10M15 5 5 15';

/** Files for the next message: chosen, pasted or dropped, and how far each is on its way. */
export class Attachments {
  readonly button: HTMLElement;
  readonly list: HTMLElement;
  #chat: Chat;
  #words!: Words;
  #changed: () => void;
  #files = new Map<HTMLElement, SentFile | undefined>();

  constructor(chat: Chat, changed: () => void) {
    this.#chat = chat;
    this.#changed = changed;
    const picker = h('input', {
      type: 'file',
      multiple: true,
      hidden: true,
      onchange: () => {
        this.add([...(picker.files ?? [])]);
        picker.value = '';
      },
    });
    this.button = h('button', { className: 'icon attach', type: 'button', onclick: () => picker.click() }, icon(clipPath), picker);
    this.list = h('ul', { className: 'files', hidden: true });
  }

  /** In which language it says what it does; needed before anything is attached. */
  speak(words: Words): void {
    this.#words = words;
    this.button.setAttribute('aria-label', words.attach);
  }

  /** Whether a message with what is here can go. */
  get ready(): boolean {
    return [...this.#files.values()].every(Boolean);
  }

  get any(): boolean {
    return this.#files.size > 0;
  }

  add(files: readonly File[]): void {
    for (const file of files.slice(0, Math.max(0, most - this.#files.size))) void this.#upload(file);
  }

  /** What was attached; nothing is afterwards. */
  take(): SentFile[] | undefined {
    const taken = [...this.#files.values()].filter((file) => file !== undefined);
    this.#files.clear();
    this.list.replaceChildren();
    this.#show();
    return taken.length > 0 ? taken : undefined;
  }

  async #upload(file: File): Promise<void> {
    const { name } = file;
    const bar = h('progress', { max: 1, value: 0, 'aria-label': fill(this.#words.attaching, { name }) });
    const remove = h('button', { className: 'icon', type: 'button', 'aria-label': fill(this.#words.remove, { name }), onclick: () => this.#remove(item) }, icon(crossPath, 14));
    const item: HTMLElement = h('li', { className: 'waiting-file' }, h('span', { className: 'file-name' }, name), bar, remove);
    this.list.append(item);
    if (file.size > largest) {
      this.#refuse(bar, fill(this.#words.tooLarge, { name }));
      return;
    }
    this.#files.set(item, undefined);
    this.#show();
    try {
      const sent = await this.#chat.upload(file, (part) => (bar.value = part));
      if (!this.#files.has(item)) return;
      this.#files.set(item, sent);
      bar.remove();
    } catch {
      this.#files.delete(item);
      this.#refuse(bar, fill(this.#words.notAttached, { name }));
    }
    this.#show();
  }

  #refuse(bar: HTMLElement, why: string): void {
    bar.replaceWith(h('span', { className: 'problem', role: 'alert' }, why));
    this.#show();
  }

  #remove(item: HTMLElement): void {
    this.#files.delete(item);
    item.remove();
    this.#show();
  }

  #show(): void {
    this.list.hidden = this.list.childElementCount === 0;
    this.#changed();
  }
}
