import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import type { Conversation } from '../contract.ts';
import { useWorkplace } from '../workplace.ts';
import { fill, lookupAt, replaceLookup, search, type Lookup } from './canned.ts';

interface Option {
  id: string;
  key: string;
  about: string;
  /** What stands in the text then. */
  text: string;
}

const most = 8;

/** Canned answers after `/`, colleagues after `@`: what is offered, and the keys that choose of it. */
export function useLookup(conversation: Conversation, isPrivate: boolean, put: (replaced: { text: string; caret: number }) => void) {
  const { team, user } = useWorkplace();
  const [lookup, setLookup] = useState<Lookup>();
  const [options, setOptions] = useState<readonly Option[]>([]);
  const [active, setActive] = useState(0);
  const id = useId();
  const sign = lookup?.sign;

  useEffect(() => {
    if (!sign) return;
    let current = true;
    const found: Promise<Option[]> =
      sign === '/'
        ? team.answers().then((answers) =>
            answers.map(({ id: of, shortcut, text }) => {
              const filled = fill(text, conversation, user);
              return { id: of, key: shortcut, about: filled, text: filled };
            }),
          )
        : team.people().then((people) =>
            people.filter((person) => person.id !== user.id).map((person) => ({ id: person.id, key: person.name, about: person.email, text: `@${person.name} ` })),
          );
    // Nothing is offered where it cannot be read; what is typed stays text.
    found.then((all) => current && setOptions(all)).catch(() => current && setOptions([]));
    return () => {
      current = false;
    };
  }, [team, user, conversation, sign]);

  const items = lookup ? search(options, lookup.query, most) : [];
  const open = items.length > 0;

  const look = (text: string, caret: number) => {
    const next = lookupAt(text, caret);
    setLookup(next && (next.sign === '/' || isPrivate) ? next : undefined);
    setActive(0);
  };

  const choose = (text: string, index: number) => {
    const chosen = items[index];
    if (!lookup || !chosen) return;
    put(replaceLookup(text, lookup, chosen.text));
    setLookup(undefined);
  };

  /** @returns Whether the key was for the list. */
  const pressed = (event: KeyboardEvent, text: string): boolean => {
    if (!open || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % items.length);
    else if (event.key === 'ArrowUp') setActive((active + items.length - 1) % items.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(text, active);
    else if (event.key === 'Escape') setLookup(undefined);
    else return false;
    event.preventDefault();
    return true;
  };

  return { id, items, active: Math.min(active, Math.max(0, items.length - 1)), open, sign, look, choose, pressed, close: () => setLookup(undefined) };
}
