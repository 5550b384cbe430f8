import { useId, useState, type ReactNode } from 'react';
import type { Card, Citation } from './contract.ts';
import { AssistantIcon, PersonIcon } from './icons.tsx';
import { linkify } from './text.tsx';
import { Asked, AskedLine } from './Asked.tsx';
import { Cards, Choices, isChoice } from './Cards.tsx';
import { isAsked } from './visitor/next.ts';

export function Speaker({ type, name }: { type: string; name?: string }) {
  return (
    <p className={`speaker ${type === 'assistant' ? 'assistant' : ''}`}>
      {type === 'assistant' ? <AssistantIcon /> : <PersonIcon />}
      {type === 'assistant' ? 'Assistant' : (name ?? 'The shop')}
    </p>
  );
}

interface AnswerProps {
  text: string;
  draft?: boolean;
  person?: boolean;
  cards?: readonly Card[];
  citations?: readonly Citation[];
  onAsk?: (text: string) => void;
  /** When it was said, and what the visitor wrote next: where its form or times can still be answered. */
  since?: string;
  next?: string;
}

/** What the other side says: text, then cards, then the sources it rests on. */
export function Answer({ text, draft = false, person = false, cards = [], citations = [], onAsk, since, next }: AnswerProps) {
  const [open, setOpen] = useState<number>();
  const panel = useId();
  const quoted = open === undefined ? undefined : citations[open];
  const chip = (index: number, key: string) => (
    <button
      aria-controls={panel}
      aria-expanded={open === index}
      aria-label={`Source ${index + 1}: ${citations[index]?.title ?? ''}`}
      className="chip"
      key={key}
      onClick={() => setOpen(open === index ? undefined : index)}
      type="button"
    >
      {index + 1}
    </button>
  );
  const choices = cards.filter(isChoice);
  const shown = cards.filter((card) => !isChoice(card) && !isAsked(card));
  const { content, placed } = withMarks(text, citations.length, draft, chip);

  return (
    <>
      {text && (
        <p className={`bubble ${person ? 'person-bubble' : 'assistant-bubble'}`} dir="auto">
          {content}
        </p>
      )}
      {shown.length > 0 && <Cards cards={shown} onAsk={onAsk} />}
      {choices.length > 0 && <Choices choices={choices} onAsk={onAsk} />}
      {cards
        .filter(isAsked)
        .map((card) => (onAsk && since !== undefined ? <Asked card={card} key={card.id} next={next} onAsk={onAsk} since={since} /> : <AskedLine card={card} key={card.id} />))}
      {citations.length > 0 && (
        <div className="sources">
          {citations.length > placed.size && (
            <p className="sources-line">
              <span className="meta">{citations.length === 1 ? 'Source' : 'Sources'}</span>
              {citations.map((citation, index) =>
                placed.has(index) ? null : chip(index, `${citation.documentId}-${index}`),
              )}
            </p>
          )}
          <div id={panel}>
            {quoted && (
              <figure className="quote">
                <blockquote dir="auto">{quoted.quote}</blockquote>
                <figcaption className="meta">
                  {open! + 1} ·{' '}
                  {quoted.url ? (
                    <a href={quoted.url} rel="noopener noreferrer" target="_blank">
                      {quoted.title}
                    </a>
                  ) : (
                    quoted.title
                  )}
                </figcaption>
              </figure>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** Turns `[1]` in the text into the chip of the first source. A draft gets chips of the same size that do nothing yet. */
function withMarks(text: string, count: number, draft: boolean, chip: (index: number, key: string) => ReactNode) {
  const placed = new Set<number>();
  const content: ReactNode[] = [];
  text.split(/(\[\d{1,2}\])/).forEach((part, position) => {
    const number = /^\[(\d{1,2})\]$/.exec(part)?.[1];
    const index = number === undefined ? -1 : Number(number) - 1;
    if (index >= 0 && draft) {
      content.push(
        <span className="chip" key={position}>
          {number}
        </span>,
      );
    } else if (index >= 0 && index < count) {
      placed.add(index);
      content.push(chip(index, `mark-${position}`));
    } else if (part) {
      content.push(...linkify(part, `${position}-`));
    }
  });
  return { content, placed };
}
