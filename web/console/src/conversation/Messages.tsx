import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Answer, Speaker } from '../../../shared/Answer.tsx';
import { DownIcon } from '../../../shared/icons.tsx';
import type { Message } from '../contract.ts';
import { chunksOf } from './chunks.ts';
import { Entry, sameGroup } from './Entry.tsx';
import { pagesOf } from './page.ts';
import { Unsent } from './Unsent.tsx';
import type { Thread, ThreadView } from './thread.ts';

const nearEnd = 80;
const nearStart = 300;
const screensToGlide = 4;
/** Of a message that was not on the screen yet. */
const usualHeight = 84;

export function Messages({ thread, view, onUndo }: { thread: Thread; view: ThreadView; onUndo: () => void }) {
  const { messages, outgoing, draft, typing, earlier, state } = view;
  const { scroller, fresh, toEnd } = useReading(thread, view);
  const heard = messages.at(-1);

  return (
    <div className="reading">
      <div aria-label="Messages" className="scroller" ref={scroller} role="region" tabIndex={0}>
        <div className="column">
          {earlier !== 'none' && (
            <p className="earlier">
              <button className="link-button" disabled={earlier === 'loading'} onClick={() => void thread.loadEarlier()} type="button">
                {earlier === 'loading' ? 'Loading earlier messages' : 'Earlier messages'}
              </button>
            </p>
          )}
          {state === 'loading' && (
            <div aria-hidden="true" className="skeleton">
              <span />
              <span />
              <span />
            </div>
          )}
          <div className="message-lists">
            <Entries messages={messages} read={view.conversation?.readByCustomer ?? 0} />
            {(outgoing.length > 0 || draft !== undefined) && (
              <ol className="messages">
                {outgoing.map((item) => (
                  <Unsent item={item} key={item.clientMessageId} onUndo={onUndo} />
                ))}
                {draft !== undefined && (
                  <li className="entry right starts">
                    <Speaker type="assistant" />
                    <Answer draft text={draft} />
                  </li>
                )}
              </ol>
            )}
          </div>
          <p className="typing meta" role="status">
            {typing?.type === 'customer' && 'The customer is typing'}
            {typing?.type === 'agent' && `${typing.name ?? 'A colleague'} is typing`}
            {typing?.type === 'assistant' && draft === undefined && 'The assistant is writing'}
          </p>
        </div>
      </div>
      {fresh > 0 && (
        <button className="fresh" onClick={toEnd} type="button">
          <DownIcon />
          {fresh} new
        </button>
      )}
      <div aria-live="polite" className="hidden-text" role="log">
        {heard && state === 'ready' && <p key={heard.id}>{`${heard.author.type}: ${heard.text}`}</p>}
      </div>
    </div>
  );
}

interface ChunkProps {
  messages: readonly Message[];
  before: Message | undefined;
  after: Message | undefined;
  /** Of each message, where the customer looks at another page than before. */
  pages: readonly (string | undefined)[];
  /** The last one that the customer has seen. */
  read: number;
}

/** Of thousands of messages only the chunks near the screen are laid out, and only what changed is looked at again. */
const Chunk = memo(
  function Chunk({ messages, before, after, pages, read }: ChunkProps) {
    return (
      <ol className="messages chunk" style={{ containIntrinsicBlockSize: `auto ${messages.length * usualHeight}px` }}>
        {messages.map((message, index) => {
          const earlier = messages[index - 1] ?? before;
          const later = messages[index + 1] ?? after;
          return (
            <Entry
              ends={!later || !sameGroup(message, later)}
              key={message.id}
              message={message}
              page={pages[index]}
              read={message.sequence <= read}
              starts={!earlier || !sameGroup(earlier, message)}
            />
          );
        })}
      </ol>
    );
  },
  (known, now) =>
    known.before === now.before &&
    known.after === now.after &&
    known.read === now.read &&
    known.messages.length === now.messages.length &&
    known.messages.every((message, index) => message === now.messages[index] && known.pages[index] === now.pages[index]),
);

const Entries = memo(function Entries({ messages, read }: { messages: readonly Message[]; read: number }) {
  const pages = pagesOf(messages);
  return chunksOf(messages).map(({ key, from, to }) => (
    <Chunk
      after={messages[to]}
      before={messages[from - 1]}
      key={key}
      messages={messages.slice(from, to)}
      pages={pages.slice(from, to)}
      // Only the chunks in which the mark moves are looked at again.
      read={Math.max(messages[from]!.sequence - 1, Math.min(read, messages[to - 1]!.sequence))}
    />
  ));
});

/** Follows the end while the reader is there; otherwise nothing moves, what is new is counted, and what is earlier goes above. */
function useReading(thread: Thread, view: ThreadView) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const heightBefore = useRef(0);
  const firstBefore = useRef<number>(undefined);
  const count = view.messages.length;
  const lastSequence = view.messages.at(-1)?.sequence ?? 0;
  const [seen, setSeen] = useState(0);
  const waiting = view.outgoing.length;

  useLayoutEffect(() => {
    // Whoever writes wants to see what was written.
    if (waiting > 0) atEnd.current = true;
  }, [waiting]);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const first = view.messages[0]?.sequence;
    if (atEnd.current) {
      element.scrollTop = element.scrollHeight;
      setSeen(lastSequence);
    } else if (firstBefore.current !== undefined && first !== undefined && first < firstBefore.current) {
      element.scrollTop += element.scrollHeight - heightBefore.current;
    }
    firstBefore.current = first;
    heightBefore.current = element.scrollHeight;
  }, [view, count, lastSequence]);

  const latest = useRef(lastSequence);
  useEffect(() => {
    latest.current = lastSequence;
  });
  useEffect(() => {
    const element = scroller.current!;
    const watch = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
      if (atEnd.current) setSeen(latest.current);
      if (element.scrollTop < nearStart && !atEnd.current) void thread.loadEarlier();
    };
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', watch, { passive: true });
    // The content too: a picture that arrives late makes it higher.
    observer.observe(element);
    observer.observe(element.firstElementChild!);
    return () => {
      element.removeEventListener('scroll', watch);
      observer.disconnect();
    };
  }, [thread]);

  const toEnd = () => {
    atEnd.current = true;
    setSeen(lastSequence);
    const element = scroller.current!;
    // A long way is not gone, but jumped: on it messages would get their heights, and the end would move away.
    const far = element.scrollHeight - element.scrollTop > screensToGlide * element.clientHeight;
    element.scrollTo({ top: element.scrollHeight, behavior: far ? 'instant' : 'smooth' });
  };
  return { scroller, fresh: seen === 0 ? 0 : view.messages.filter(({ sequence }) => sequence > seen).length, toEnd };
}
