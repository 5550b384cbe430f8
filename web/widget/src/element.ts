import { load, save } from '../../shared/storage.ts';
import type { Message } from '../../shared/contract.ts';
import { Chat, type View } from '../../shared/visitor/chat.ts';
import { Introduction } from '../../shared/visitor/introduction.ts';
import { hasSession, serverClock, visitor, type Identity } from '../../shared/visitor/service.ts';
import { contextOf } from '../../shared/visitor/context.ts';
import { nextAfter } from '../../shared/visitor/next.ts';
import { Attachments } from './attachments.ts';
import { arrange, h, icon } from '../../shared/dom.ts';
import { draft, entry, typing, unconfirmed, type Manner, type Standing } from './entries.ts';
import { answeringWords } from './hours.ts';
import { Menu } from './menu.ts';
import { Rating } from './rating.ts';
import { textOn, type Settings } from './settings.ts';
import { Sound } from './sound.ts';
import { styles } from './styles.ts';
import { saveText, transcriptOf } from './transcript.ts';
import { fill, languages, wordsFor } from './words.ts';

const seenKey = 'assistify.widget.seen';
const languageKey = 'assistify.widget.language';
const nearEnd = 80;
const bubblePath = 'M4 4h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-5l-4 3v-3H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z';
const crossPath = 'm5 5 10 10M15 5 5 15';
const sendPath = 'M10 16V4M5 9l5-5 5 5';

/** Launcher and conversation in a root of their own: the page's styles do not come in, ours do not get out. */
export class WidgetElement extends HTMLElement {
  #chat = new Chat();
  #sound = new Sound();
  #files = new Attachments(this.#chat, () => this.#typed());
  #settings!: Settings;
  #manner!: Manner;
  #started = false;
  #shown = new Map<string, { message: Message; standing: string; element: HTMLElement }>();
  #launcher!: HTMLButtonElement;
  #badge!: HTMLSpanElement;
  #panel!: HTMLElement;
  #menu!: Menu;
  #state!: HTMLElement;
  #scroller!: HTMLElement;
  #first!: HTMLElement;
  #list!: HTMLElement;
  #person!: HTMLButtonElement;
  #field!: HTMLTextAreaElement;
  #send!: HTMLButtonElement;
  #rating!: Rating;
  #introduction!: Introduction;
  #foot!: HTMLElement;
  #heard!: HTMLElement;
  #heardId = '';

  begin(settings: Settings): void {
    this.#settings = settings;
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [styles()];
    this.#build();
    this.#chat.subscribe(() => this.#show(this.#chat.view()));
    document.addEventListener('visibilitychange', () => this.#read());
    // A page that nobody writes on makes no customer: only who talked before is connected at once.
    if (hasSession()) this.#start();
    this.#show(this.#chat.view());
  }

  /** Everything there is to see, in the visitor's language; made anew when another one is chosen. */
  #build(): void {
    const settings = this.#settings;
    const { language, direction, words } = wordsFor([load<string>(languageKey), settings.language, document.documentElement.lang, ...navigator.languages]);
    visitor.locale = language;
    this.#manner = { words, language, origin: settings.origin, ask: (text) => this.#ask(text) };
    this.#shown.clear();

    this.#badge = h('span', { className: 'badge', hidden: true });
    this.#launcher = h('button', { className: 'launcher', type: 'button', 'aria-expanded': 'false', onclick: () => this.toggle() }, icon(bubblePath, 26), this.#badge);
    this.#state = h('p', { className: 'state', role: 'status' });
    this.#first = h(
      'div',
      { className: 'first' },
      h('p', { className: 'greeting' }, words.greeting),
      ...settings.suggestions.map((text) => h('button', { className: 'reply', type: 'button', dir: 'auto', onclick: () => this.#chat.send(text) }, text)),
    );
    this.#list = h('ol');
    this.#introduction = new Introduction(({ name, email, message }) => {
      if (message) this.#field.value = '';
      void this.#chat.introduce(name, email, message);
      this.#typed();
      this.#field.focus();
    }, words);
    this.#scroller = h(
      'div',
      { className: 'scroller', role: 'region', tabIndex: 0, 'aria-label': words.messages },
      this.#introduction.element,
      this.#first,
      this.#list,
    );
    this.#person = h('button', { className: 'text-button person', type: 'button', onclick: () => this.#chat.send(words.askPerson) }, words.person);
    this.#field = h('textarea', {
      className: 'field',
      rows: 1,
      dir: 'auto',
      'aria-label': words.field,
      placeholder: words.field,
      enterKeyHint: 'send',
      oninput: () => {
        this.#typed();
        this.#chat.typing();
      },
      onpaste: (event: ClipboardEvent) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        this.#files.add(files);
      },
      onkeydown: (event: KeyboardEvent) => {
        // The page's own shortcuts are not for what is written here.
        event.stopPropagation();
        if (event.key === 'Escape') this.close();
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#write();
      },
    });
    this.#send = h('button', { className: 'send', type: 'submit', 'aria-label': words.send, disabled: true }, icon(sendPath));
    this.#files.speak(words);
    this.#rating = new Rating((score) => this.#chat.rate(score), words);
    this.#heard = h('div', { className: 'unseen', role: 'log', 'aria-live': 'polite' });
    this.#foot = h(
      'footer',
      { className: 'foot' },
      this.#rating.element,
      this.#person,
      this.#files.list,
      h(
        'form',
        {
          className: 'composer',
          onsubmit: (event: Event) => {
            event.preventDefault();
            this.#write();
          },
        },
        this.#files.button,
        this.#field,
        this.#send,
      ),
    );
    this.#menu = new Menu(words, language, languages, this.#sound.on, {
      language: (chosen) => this.#speak(chosen),
      transcript: () => saveText(`${settings.name ?? words.title}.txt`, transcriptOf(this.#chat.view().messages, words, language, settings.name ?? words.title)),
      sound: (on) => this.#sound.choose(on),
      person: () => this.#chat.send(words.askPerson),
    });
    this.#panel = h(
      'section',
      {
        className: 'panel',
        hidden: true,
        onclick: (event: MouseEvent) => !this.#menu.element.contains(event.target as Node) && this.#menu.close(),
        role: 'dialog',
        'aria-label': settings.name ?? words.title,
        onkeydown: (event: KeyboardEvent) => event.key === 'Escape' && this.close(),
        ondragover: (event: DragEvent) => event.preventDefault(),
        ondrop: (event: DragEvent) => {
          event.preventDefault();
          this.#files.add([...(event.dataTransfer?.files ?? [])]);
        },
      },
      h(
        'header',
        { className: 'head' },
        h('div', { className: 'head-words' }, h('h2', { dir: 'auto' }, settings.name ?? words.title), this.#state),
        this.#menu.element,
        h('button', { className: 'icon', type: 'button', 'aria-label': words.close, onclick: () => this.close() }, icon(crossPath)),
      ),
      this.#scroller,
      this.#foot,
      this.#heard,
    );
    this.shadowRoot!.replaceChildren(h('div', { dir: direction, lang: language }, this.#panel, this.#launcher));
    this.dir = direction;
    if (settings.colour) this.#paint(settings.colour);
  }

  #speak(language: string): void {
    save(languageKey, language);
    const written = this.#field.value;
    const answers = this.#introduction.written;
    this.#build();
    this.#field.value = written;
    this.#panel.hidden = false;
    this.#typed();
    const view = this.#chat.view();
    this.#introduction.show(view.asked, answers);
    this.#show(view);
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    // Whoever goes through the languages by keys is where he was.
    this.#menu.openLanguages();
  }

  #ask(text: string): void {
    this.#chat.send(text);
    // What was pressed may be gone with the form that it belonged to: whoever uses keys goes on from the conversation.
    if (!this.shadowRoot!.activeElement) this.#scroller.focus({ preventScroll: true });
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  open(): void {
    if (this.isOpen) return;
    this.#start();
    this.#panel.hidden = false;
    this.toggleAttribute('open', true);
    this.#show(this.#chat.view());
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    if (this.#foot.hidden) this.#introduction.focus();
    else this.#field.focus();
    this.dispatchEvent(new CustomEvent('assistify:open', { bubbles: true }));
  }

  close(): void {
    if (!this.isOpen) return;
    this.#panel.hidden = true;
    this.toggleAttribute('open', false);
    this.#show(this.#chat.view());
    this.#launcher.focus();
    this.dispatchEvent(new CustomEvent('assistify:close', { bubbles: true }));
  }

  setContext(said: unknown): void {
    this.#chat.setContext(contextOf(said));
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  identify({ name, email, ...identity }: Partial<Identity> & { name?: string; email?: string }): void {
    visitor.name = name;
    visitor.email = email;
    visitor.identify = identity.userId && identity.hash && identity.expires ? (identity as Identity) : undefined;
    if (this.#started) void this.#chat.reopen();
  }

  /** What is on the screen is read. */
  #read(): void {
    if (this.#started && this.isOpen && document.visibilityState === 'visible') this.#chat.read();
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#chat.start();
  }

  #write(): void {
    const text = this.#field.value.trim();
    if (!this.#isReady()) return;
    this.#field.value = '';
    this.#chat.send(text, this.#files.take());
    this.#typed();
  }

  #isReady(): boolean {
    return (this.#field.value.trim() !== '' || this.#files.any) && this.#files.ready;
  }

  #typed(): void {
    this.#send.disabled = !this.#isReady();
    this.#field.style.blockSize = 'auto';
    this.#field.style.blockSize = `${Math.min(140, this.#field.scrollHeight + 2)}px`;
  }

  /** The shop's colour, with the text that is read on it. */
  #paint(colour: string): void {
    this.style.setProperty('--brand', colour);
    this.style.setProperty('--on-brand', '#fff');
    requestAnimationFrame(() => this.style.setProperty('--on-brand', textOn(getComputedStyle(this.#launcher).backgroundColor)));
  }

  #show(view: View): void {
    const { words } = this.#manner;
    const atEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < nearEnd;
    const away = view.connection === 'away';

    this.#state.textContent = away && this.#started ? words.away : this.#started && !view.ready ? words.connecting : this.#holder(view);
    const { asked } = view;
    const takesFocus = asked !== undefined && this.shadowRoot?.activeElement === this.#field;
    this.#introduction.show(asked, { message: this.#field.value });
    this.#foot.hidden = asked !== undefined;
    if (takesFocus) this.#introduction.focus();
    this.#first.hidden = asked !== undefined || view.messages.length > 0 || view.outgoing.length > 0;
    this.#rating.show(view.unrated);
    this.#person.hidden = view.turn === 'agent' || view.messages.length === 0;
    this.#menu.offer({ transcript: view.messages.length > 0, person: view.turn === 'assistant' && asked === undefined });
    const mine = view.outgoing.length > 0 ? undefined : view.messages.findLast(({ author }) => author.type === 'customer');
    arrange(this.#list, [
      ...view.messages.map((message, index) =>
        this.#entryOf(message, {
          next: nextAfter(view.messages, view.outgoing, index),
          delivered: message === mine ? (view.read ? 'read' : 'sent') : undefined,
        }),
      ),
      ...view.outgoing.map((item) =>
        unconfirmed(item, away, words, () => this.#chat.sendAgain(item.clientMessageId), () => this.#chat.discard(item.clientMessageId)),
      ),
      ...(view.draft === undefined ? [] : [draft(view.draft, view.late, words)]),
      ...(view.typing ? [typing(words)] : []),
    ]);
    if (this.isOpen && (atEnd || view.outgoing.length > 0)) this.#scroller.scrollTop = this.#scroller.scrollHeight;

    if (view.heard && view.heard.id !== this.#heardId) {
      this.#heardId = view.heard.id;
      this.#heard.replaceChildren(h('p', {}, view.heard.text));
      this.#sound.play();
      this.dispatchEvent(new CustomEvent('assistify:message', { bubbles: true, detail: { id: view.heard.id } }));
    }
    this.#count(view.messages);
    this.#read();
  }

  #holder({ turn, people }: View): string {
    const { words, language } = this.#manner;
    const hours = answeringWords(people, words, language, serverClock.now());
    if (turn === 'agent') return people?.now === false && hours ? hours : words.people;
    return hours ? `${words.holder} · ${hours}` : words.holder;
  }

  /** Elements stay as long as their message is the same: what has the focus keeps it, an opened source stays open. */
  #entryOf(message: Message, situation: Standing): HTMLElement {
    const standing = JSON.stringify(situation);
    const known = this.#shown.get(message.id);
    if (known?.standing === standing && (known.message === message || JSON.stringify(known.message) === JSON.stringify(message))) return known.element;
    const element = entry(message, this.#manner, situation);
    this.#shown.set(message.id, { message, standing, element });
    return element;
  }

  #count(messages: readonly Message[]): void {
    const { words } = this.#manner;
    const last = messages.at(-1);
    if (this.isOpen && last) save(seenKey, last.id);
    const seen = load<string>(seenKey);
    const from = messages.findIndex(({ id }) => id === seen) + 1;
    const unread = this.isOpen ? 0 : messages.slice(from).filter(({ author }) => author.type === 'assistant' || author.type === 'agent').length;
    this.#badge.hidden = unread === 0;
    this.#badge.textContent = unread > 9 ? '9+' : String(unread);
    this.#launcher.setAttribute('aria-expanded', String(this.isOpen));
    this.#launcher.setAttribute('aria-label', unread > 0 ? `${words.open}, ${fill(words.unread, { n: unread })}` : this.isOpen ? words.close : words.open);
  }
}
