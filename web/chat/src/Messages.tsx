import { Fragment, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Message } from '../../shared/contract.ts';
import { formatTime } from '../../shared/format.ts';
import { DownIcon } from '../../shared/icons.tsx';
import { linkify } from '../../shared/text.tsx';
import { Answer, Speaker } from '../../shared/Answer.tsx';
import { Cards } from '../../shared/Cards.tsx';
import type { Chat, View } from '../../shared/visitor/chat.ts';
import { nextAfter } from '../../shared/visitor/next.ts';
import type { Outgoing } from '../../shared/visitor/outbox.ts';

const groupMs = 5 * 60_000;
const nearEnd = 80;

export function Messages({ chat, view, children }: { chat: Chat; view: View; children: ReactNode }) {
  const { messages, outgoing, draft } = view;
  const { scroller, fresh, toEnd } = useReading(view);

  return (
    <div className="reading">
      <div
        aria-label="Conversation"
        className="scroller"
        ref={scroller}
        role="region"
        // A region that scrolls has to be reachable by keyboard.
        tabIndex={0}
      >
        <div className="column">
          {children}
          <ol className="messages">
            {messages.map((message, index) => (
              <Entry
                key={message.id}
                message={message}
                next={messages[index + 1]}
                nextWritten={nextAfter(messages, outgoing, index)}
                onAsk={(text) => chat.send(text)}
                previous={messages[index - 1]}
                read={view.read}
              />
            ))}
            {outgoing.map((item) => (
              <Unconfirmed chat={chat} item={item} key={item.clientMessageId} waiting={view.connection === 'away'} />
            ))}
            {draft !== undefined && (
              <li className="entry theirs starts" key="draft">
                <Speaker type="assistant" />
                {draft === '' ? (
                  <p className="writing">
                    <span aria-hidden="true" className="dots">
                      <i />
                      <i />
                      <i />
                    </span>
                    <span className={view.late ? '' : 'hidden-text'}>
                      {view.late ? 'This takes longer than usual. The answer will appear here.' : 'The assistant is writing'}
                    </span>
                  </p>
                ) : (
                  <Answer draft text={draft} />
                )}
              </li>
            )}
          </ol>
        </div>
      </div>
      {fresh > 0 && (
        <button className="fresh" onClick={toEnd} type="button">
          <DownIcon />
          {fresh} new
        </button>
      )}
      <div aria-live="polite" className="hidden-text" role="log">
        {view.heard && <p key={view.heard.id}>{`${speakerName(view.heard)}: ${view.heard.text}`}</p>}
      </div>
    </div>
  );
}

function Entry({
  message,
  previous,
  next,
  nextWritten,
  onAsk,
  read,
}: {
  message: Message;
  previous: Message | undefined;
  next: Message | undefined;
  /** What the visitor wrote after it. */
  nextWritten: string | undefined;
  onAsk: (text: string) => void;
  /** The visitor's last message was seen. */
  read: boolean;
}) {
  const { author } = message;
  if (author.type === 'system') {
    return (
      <li className="entry event meta">
        {message.text}
        {message.cards && message.cards.length > 0 && <Cards cards={message.cards} onAsk={onAsk} />}
      </li>
    );
  }
  const starts = !sameGroup(previous, message);
  const ends = !next || !sameGroup(message, next);
  const mine = author.type === 'customer';
  return (
    <Fragment>
      {previous && previous.conversationId !== message.conversationId && (
        <li className="entry event meta">New conversation</li>
      )}
      <li className={`entry ${mine ? 'mine' : 'theirs'} ${starts ? 'starts' : ''}`}>
        {starts && (mine ? <span className="hidden-text">You</span> : <Speaker name={author.name} type={author.type} />)}
        {mine ? (
          <p className="bubble mine-bubble" dir="auto">
            {linkify(message.text)}
          </p>
        ) : (
          <Answer
            cards={message.cards}
            citations={message.citations}
            next={nextWritten}
            onAsk={onAsk}
            person={author.type === 'agent'}
            since={message.createdAt}
            text={message.text}
          />
        )}
        <p className={`meta stamp ${ends ? '' : 'stamp-quiet'}`}>
          <time dateTime={message.createdAt}>{formatTime(message.createdAt)}</time>
          {mine && ends && !next && (read ? ' · Read' : ' · Sent')}
        </p>
      </li>
    </Fragment>
  );
}

function Unconfirmed({ chat, item, waiting }: { chat: Chat; item: Outgoing; waiting: boolean }) {
  return (
    <li className="entry mine starts">
      <span className="hidden-text">You</span>
      <p className={`bubble mine-bubble ${item.refusal ? 'refused' : 'unconfirmed'}`} dir="auto">
        {linkify(item.text)}
      </p>
      {item.refusal ? (
        <p className="stamp problem" role="alert">
          Not sent. {item.refusal}{' '}
          <button className="link-button" onClick={() => chat.sendAgain(item.clientMessageId)} type="button">
            Send again
          </button>{' '}
          <button className="link-button" onClick={() => chat.discard(item.clientMessageId)} type="button">
            Discard
          </button>
        </p>
      ) : (
        <p className="meta stamp">{waiting ? 'Waits for the connection' : 'Sending'}</p>
      )}
    </li>
  );
}

function sameGroup(a: Message | undefined, b: Message): boolean {
  return (
    a !== undefined &&
    a.conversationId === b.conversationId &&
    a.author.type === b.author.type &&
    a.author.id === b.author.id &&
    Date.parse(b.createdAt) - Date.parse(a.createdAt) < groupMs
  );
}

function speakerName({ author }: Message): string {
  if (author.type === 'assistant') return 'Assistant';
  return author.type === 'agent' ? (author.name ?? 'The shop') : 'Note';
}

/** Follows the end while the reader is there; otherwise nothing moves and what is new is counted. */
function useReading(view: View) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = view.messages.length;
  const current = useRef(count);
  const [seen, setSeen] = useState(count);
  const ownWaiting = view.outgoing.length;

  useLayoutEffect(() => {
    // Whoever writes wants to see what was written.
    if (ownWaiting > 0) atEnd.current = true;
  }, [ownWaiting]);

  useLayoutEffect(() => {
    current.current = count;
    const element = scroller.current!;
    if (!atEnd.current) return;
    element.scrollTop = element.scrollHeight;
    setSeen(count);
  }, [view, count]);

  useEffect(() => {
    const element = scroller.current!;
    const watch = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
      if (atEnd.current) setSeen(current.current);
    };
    // A phone's keyboard makes the view smaller: the end stays in sight.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', watch, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', watch);
      observer.disconnect();
    };
  }, []);

  const toEnd = () => {
    atEnd.current = true;
    setSeen(count);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: 'smooth' });
  };
  return { scroller, fresh: Math.max(0, count - seen), toEnd };
}
