import { useEffect, useRef } from 'react';

export type Keys = Record<string, (event: KeyboardEvent) => void>;

const sequenceMs = 1_200;

/** What is typed into a field is text, and an open dialog or menu has the keyboard to itself. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], dialog')) return true;
  return document.querySelector('dialog[open]') !== null;
}

/** The key by its sign; where a keyboard has other letters (Greek, Cyrillic, Arabic), the Latin one in its place, so that shortcuts work on every keyboard. */
export function keyOf({ key, code, shiftKey }: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (!/^\P{ASCII}$/u.test(key) || !/^Key[A-Z]$/.test(code)) return key;
  const letter = code.slice(-1);
  return shiftKey ? letter : letter.toLowerCase();
}

/** Keys of a page, such as `j` or the sequence `g i`; none of them with a modifier. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return;
      const key = keyOf(event);
      const sequence = Date.now() - firstAt < sequenceMs ? `${first} ${key}` : '';
      const action = latest.current[sequence] ?? latest.current[key];
      first = key;
      firstAt = Date.now();
      if (!action) return;
      firstAt = 0;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
