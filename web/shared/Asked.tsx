import { useEffect, useRef } from 'react';
import './asked.css';
import './introduction.css';
import type { Card } from './contract.ts';
import { english } from './visitor/english.ts';
import { formOf } from './visitor/form.ts';
import { slotsOf } from './visitor/slots.ts';

/** A form or times to choose from: the same as in the widget. */
export function Asked({ card, since, next, onAsk }: { card: Card; since: string; next: string | undefined; onAsk: (text: string) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const ask = useRef(onAsk);
  const content = JSON.stringify(card);

  useEffect(() => {
    ask.current = onAsk;
  });

  useEffect(() => {
    const shown = JSON.parse(content) as Card;
    const answer = (text: string) => {
      ask.current(text);
      // What was pressed goes with the form: whoever uses keys goes on from the conversation.
      place.current?.closest<HTMLElement>('[role=region]')?.focus({ preventScroll: true });
    };
    const manner = { words: english, language: 'en', ask: answer, next };
    place.current!.replaceChildren(shown.kind === 'form' ? formOf(shown, manner) : slotsOf(shown, { ...manner, since }));
  }, [content, since, next]);

  return <div ref={place} />;
}

/** What was asked, for who cannot answer it. */
export function AskedLine({ card }: { card: Card }) {
  const parts = card.kind === 'form' ? card.fields?.map(({ label }) => label) : card.slots?.map(({ title }) => title);
  return (
    <p className="meta" dir="auto">
      {card.kind === 'form' ? 'Form' : 'Times'}: {card.title}
      {parts && parts.length > 0 && ` (${parts.join(', ')})`}
    </p>
  );
}
