import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { SendIcon } from '../../shared/icons.tsx';
import { load, remove, save } from '../../shared/storage.ts';
import type { Chat } from '../../shared/visitor/chat.ts';

/** Where what is being written is kept on this device. */
export const draftKey = 'assistify.draft';
const maxHeight = 160;

export function Composer({ chat, turn }: { chat: Chat; turn: 'assistant' | 'agent' }) {
  const [text, setText] = useState(() => load<string>(draftKey) ?? '');
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = field.current!;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${Math.min(element.scrollHeight + 2, maxHeight)}px`;
  }, [text]);

  function change(value: string) {
    setText(value);
    if (value) save(draftKey, value);
    else remove(draftKey);
  }

  function send() {
    const trimmed = text.trim();
    if (!trimmed) return;
    chat.send(trimmed);
    change('');
    field.current?.focus();
  }

  function pressed(event: KeyboardEvent) {
    // Enter also ends a composition of Chinese, Japanese or Korean characters.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label="Your message"
        autoComplete="off"
        className="composer-field"
        dir="auto"
        enterKeyHint="send"
        onChange={(event) => change(event.target.value)}
        onKeyDown={pressed}
        placeholder={turn === 'agent' ? 'Write to the shop' : 'Ask the shop'}
        ref={field}
        rows={1}
        value={text}
      />
      <button aria-label="Send" className="button primary send" disabled={!text.trim()} type="submit">
        <SendIcon />
      </button>
    </form>
  );
}
