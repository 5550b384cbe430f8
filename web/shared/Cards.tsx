import { useState } from 'react';
import type { Card } from './contract.ts';
import { formatMoney } from './format.ts';
import { PictureIcon } from './icons.tsx';

/** An answer that can be given by a tap: it says what stands on it. */
export const isChoice = (card: Card): boolean => !!card.action && !card.imageUrl;

/** Answers to tap; where nobody can answer, what was offered. */
export function Choices({ choices, onAsk }: { choices: readonly Card[]; onAsk?: (text: string) => void }) {
  return (
    <ul aria-label="Answers" className="answer-choices">
      {choices.map((choice) => (
        <li key={choice.id}>
          {onAsk ? (
            <button className="button" dir="auto" onClick={() => onAsk(choice.title)} type="button">
              {choice.title}
            </button>
          ) : (
            <span className="meta" dir="auto">
              {choice.title}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A row that snaps card by card; by keyboard the focus brings each card into view. */
export function Cards({ cards, onAsk }: { cards: readonly Card[]; onAsk?: (text: string) => void }) {
  // Where no card can be pressed the row itself takes the focus, so that the arrow keys move it.
  const pressed = onAsk !== undefined || cards.some((card) => card.url);
  return (
    <ul aria-label={cards.length === 1 ? '1 product' : `${cards.length} products`} className="cards" tabIndex={pressed ? undefined : 0}>
      {cards.map((card) => (
        <li className="card" key={`${card.kind}-${card.id}`}>
          <Picture url={card.imageUrl} />
          <div className="card-words" dir="auto">
            <p className="card-title">{card.title}</p>
            {card.subtitle && <p className="card-subtitle meta">{card.subtitle}</p>}
            {card.price && <p className="card-price">{formatMoney(card.price)}</p>}
          </div>
          {card.url ? (
            <a className="button" href={card.url} rel="noopener noreferrer" target="_blank">
              View<span className="hidden-text"> {card.title}</span>
            </a>
          ) : (
            onAsk && (
              <button className="button" onClick={() => onAsk(`Tell me more about ${card.title}`)} type="button">
                Ask about it<span className="hidden-text">: {card.title}</span>
              </button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

function Picture({ url }: { url: string | undefined }) {
  const [failed, setFailed] = useState(false);
  return (
    <div className="card-picture">
      {url && !failed ? (
        <img alt="" height="180" loading="lazy" onError={() => setFailed(true)} src={url} width="240" />
      ) : (
        <PictureIcon />
      )}
    </div>
  );
}
