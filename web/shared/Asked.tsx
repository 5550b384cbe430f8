import { useEffect, useRef } from 'react';
import './asked.css';
import './introduction.css';
import type { Card } from './contract.ts';
import { formOf, type FormWords } from './visitor/form.ts';
import { slotsOf, type SlotWords } from './visitor/slots.ts';

const words: FormWords & SlotWords = {
  optional: 'optional',
  sendForm: 'Send answers',
  needed: 'This is needed.',
  wrongEmail: 'Write an address such as maria@example.com.',
  wrongPhone: 'Write a number such as +357 99 123456.',
  wrongNumber: 'Write a number.',
  tooEarly: '{min} at the earliest.',
  choose: 'Choose',
  formSent: 'Sent.',
  formClosed: 'This form is closed: you wrote something else.',
  days: 'Days',
  times: 'Times',
  heldFor: '{title} is kept for you for {left}.',
  heldEnds: 'One minute left to confirm the time.',
  heldOver: 'The time is no longer kept for you. Choose one again.',
  chosen: 'Chosen.',
  slotsClosed: 'This offer is closed: you wrote something else.',
};

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
    const manner = { words, language: 'en', ask: answer, next };
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
