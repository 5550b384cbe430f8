import type { Message } from '../../shared/contract.ts';
import { h } from '../../shared/dom.ts';
import type { Words } from './words.ts';

/** The conversation as a text to keep: who said what and when, with the sources. */
export function transcriptOf(messages: readonly Message[], words: Words, language: string, title: string): string {
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const paragraphs = messages.map(({ author, text, createdAt, cards = [], citations = [], attachments = [] }) => {
    const speaker = { customer: words.you, assistant: words.assistant, agent: author.name ?? words.team, system: '' }[author.type];
    return [
      [when.format(new Date(createdAt)), speaker].filter(Boolean).join(' · '),
      ...(text ? [text] : []),
      ...cards.filter(({ action }) => !action).map(({ title: name, price, url }) => ['-', name, price && `${price.amount} ${price.currency}`, url].filter(Boolean).join(' ')),
      ...attachments.map(({ fileName, kind }) => `[${fileName ?? kind}]`),
      ...citations.map(({ title: source, url }, index) => `[${index + 1}] ${source}${url ? ` ${url}` : ''}`),
    ].join('\n');
  });
  return `${[title, ...paragraphs].join('\n\n')}\n`;
}

/** Gives the visitor a file that this page made. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  h('a', { href: url, download: name }).click();
  // The download has its own hold on the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
