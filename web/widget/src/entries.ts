import type { Attachment, Card, Message } from '../../shared/contract.ts';
import { formatMoney, formatTime } from '../../shared/format.ts';
import type { Outgoing } from '../../shared/visitor/outbox.ts';
import { h, linked } from '../../shared/dom.ts';
import { formOf } from '../../shared/visitor/form.ts';
import { isAsked } from '../../shared/visitor/next.ts';
import { slotsOf } from '../../shared/visitor/slots.ts';
import { fill, type Words } from './words.ts';

export interface Manner {
  words: Words;
  language: string;
  /** For pictures whose address is of the service. */
  origin: string;
  ask: (text: string) => void;
}

/** What belongs to a message and is not in it. */
export interface Standing {
  /** What the visitor wrote after it. */
  next?: string;
  /** Of the visitor's last message: whether it was stored or seen. */
  delivered?: 'sent' | 'read';
}

/** One message: who, what, on which sources. */
export function entry(message: Message, { words, language, origin, ask }: Manner, { next, delivered }: Standing = {}): HTMLElement {
  const { author, text, cards = [], citations = [], attachments = [] } = message;
  // A card with an action and no picture is an answer to tap.
  const choices = cards.filter((card) => card.action && !card.imageUrl);
  const shown = cards.filter((card) => !choices.includes(card) && !isAsked(card));
  const row = shown.length > 0 && h('ul', { className: 'cards' }, ...shown.map((card) => cardOf(card, { words, language, origin, ask })));
  if (author.type === 'system') return h('li', { className: 'entry event' }, text, row);
  if (author.type === 'customer') {
    return h(
      'li',
      { className: 'entry mine' },
      h('span', { className: 'unseen' }, words.you),
      text !== '' && h('p', { className: 'bubble', dir: 'auto' }, ...linked(text)),
      ...attachments.map((attachment) => fileOf(attachment, origin)),
      h('span', { className: 'meta' }, formatTime(message.createdAt, new Date(), language), delivered && ` · ${words[delivered]}`),
    );
  }
  const assistant = author.type === 'assistant';
  const quotes = h('div', {});
  const chips: HTMLButtonElement[] = [];
  const chip = (index: number) => {
    const citation = citations[index]!;
    const button = h(
      'button',
      {
        className: 'chip',
        type: 'button',
        'aria-expanded': 'false',
        'aria-label': fill(words.source, { n: index + 1, title: citation.title }),
        onclick: () => {
          const open = button.getAttribute('aria-expanded') === 'true';
          for (const other of chips) other.setAttribute('aria-expanded', 'false');
          button.setAttribute('aria-expanded', String(!open));
          quotes.replaceChildren(
            ...(open
              ? []
              : [
                  h(
                    'figure',
                    { className: 'quote' },
                    h('blockquote', { dir: 'auto' }, citation.quote),
                    h('figcaption', { className: 'meta' }, citation.url ? h('a', { href: citation.url, rel: 'noopener noreferrer', target: '_blank' }, citation.title) : citation.title),
                  ),
                ]),
          );
        },
      },
      String(index + 1),
    );
    chips.push(button);
    return button;
  };
  const placed = new Set<number>();
  const content = text.split(/(\[\d{1,2}\])/).flatMap((part): (Node | string)[] => {
    const index = Number(/^\[(\d{1,2})\]$/.exec(part)?.[1] ?? 0) - 1;
    if (index < 0 || index >= citations.length) return linked(part);
    placed.add(index);
    return [chip(index)];
  });
  const left = citations.map((_, index) => index).filter((index) => !placed.has(index));
  return h(
    'li',
    { className: 'entry theirs' },
    h('span', { className: `speaker ${assistant ? 'assistant' : ''}` }, assistant ? words.assistant : (author.name ?? words.team)),
    text !== '' && h('p', { className: `bubble ${assistant ? 'of-assistant' : ''}`, dir: 'auto' }, ...content),
    ...attachments.map((attachment) => fileOf(attachment, origin)),
    row,
    choices.length > 0 &&
      h('ul', { className: 'choices' }, ...choices.map(({ title }) => h('li', {}, h('button', { className: 'button', type: 'button', dir: 'auto', onclick: () => ask(title) }, title)))),
    ...cards.filter(isAsked).map((card) =>
      card.kind === 'form' ? formOf(card, { words, language, ask, next }) : slotsOf(card, { words, language, ask, next, since: message.createdAt }),
    ),
    left.length > 0 && h('p', { className: 'sources meta' }, words.sources, ' ', ...left.map(chip)),
    quotes,
    h('span', { className: 'meta' }, formatTime(message.createdAt, new Date(), language)),
  );
}

/** A picture as such, anything else by its name. */
function fileOf({ kind, url, thumbnailUrl, fileName }: Attachment, origin: string): HTMLElement | false {
  if (!url) return false;
  const { href } = new URL(url, origin);
  const name = fileName ?? kind;
  return h(
    'a',
    { className: kind === 'image' ? 'photo' : 'file', href, rel: 'noopener noreferrer', target: '_blank' },
    kind === 'image' ? h('img', { alt: name, src: thumbnailUrl ? new URL(thumbnailUrl, origin).href : href, loading: 'lazy' }) : name,
  );
}

/** Somebody of the team writes. */
export function typing(words: Words): HTMLElement {
  return h(
    'li',
    { className: 'entry theirs' },
    h('p', { className: 'bubble' }, h('span', { className: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', { className: 'unseen' }, words.typing)),
  );
}

function cardOf(card: Card, { words, language, origin, ask }: Manner): HTMLElement {
  const picture = card.imageUrl && h('img', { className: 'picture', alt: '', loading: 'lazy', src: new URL(card.imageUrl, origin).href, onerror: () => picture && picture.remove() });
  return h(
    'li',
    { className: 'card' },
    picture || undefined,
    h('p', { className: 'card-title', dir: 'auto' }, card.title),
    card.subtitle !== undefined && h('p', { className: 'meta', dir: 'auto' }, card.subtitle),
    card.price && h('p', { className: 'price' }, formatMoney(card.price, language)),
    card.url
      ? h('a', { className: 'button', href: card.url, rel: 'noopener noreferrer', target: '_blank' }, words.view, h('span', { className: 'unseen' }, ` ${card.title}`))
      : h('button', { className: 'button', type: 'button', onclick: () => ask(fill(words.askAbout, { title: card.title })) }, words.ask, h('span', { className: 'unseen' }, `: ${card.title}`)),
  );
}

/** What was written here and is not confirmed, or was refused. */
export function unconfirmed(item: Outgoing, away: boolean, words: Words, again: () => void, discard: () => void): HTMLElement {
  return h(
    'li',
    { className: 'entry mine unconfirmed' },
    h('p', { className: 'bubble', dir: 'auto' }, ...linked(item.text || (item.attachments ?? []).map(({ name }) => name).join(', '))),
    item.refusal
      ? h(
          'p',
          { className: 'problem', role: 'alert' },
          `${words.notSent} ${item.refusal} `,
          h('button', { className: 'text-button', type: 'button', onclick: again }, words.again),
          h('button', { className: 'text-button', type: 'button', onclick: discard }, words.discard),
        )
      : h('span', { className: 'meta' }, away ? words.waits : words.sending),
  );
}

/** The answer while it is being written. */
export function draft(text: string, late: boolean, words: Words): HTMLElement {
  return h(
    'li',
    { className: 'entry theirs' },
    h('span', { className: 'speaker assistant' }, words.assistant),
    text === ''
      ? h(
          'p',
          { className: 'bubble of-assistant' },
          h('span', { className: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
          h('span', { className: late ? '' : 'unseen' }, late ? words.late : words.writing),
        )
      : h('p', { className: 'bubble of-assistant', dir: 'auto' }, text),
  );
}
