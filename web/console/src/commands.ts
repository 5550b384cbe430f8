import { useEffect, useRef } from 'react';

/** The titles below which commands stand, in their order: what is known at once comes before what has to be searched for. */
const groups = ['This conversation', 'Go to', 'Lists', 'Settings', 'Help', 'Conversations', 'Canned answers', 'Macros'] as const;

/** Something that can be done here, as the palette offers it. */
export interface Command {
  id: string;
  group: (typeof groups)[number];
  name: string;
  about?: string;
  /** The key that does the same. */
  key?: string;
  run: () => void;
}

type Known = (query: string) => readonly Command[];
type Search = (query: string) => Promise<readonly Command[]>;

const known = new Set<{ current: Known }>();
const searched = new Set<{ current: Search }>();

/** Offers commands for as long as the part of the page is there; nothing typed asks for what is most often wanted. */
export function useCommands(source: Known): void {
  useOffer(known, source);
}

/** The same of what the service has to be asked for. */
export function useSearch(source: Search): void {
  useOffer(searched, source);
}

function useOffer<Source>(offers: Set<{ current: Source }>, source: Source): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    offers.add(latest);
    return () => void offers.delete(latest);
  }, [offers]);
}

export function knownCommands(query: string): Command[] {
  return [...known].flatMap((source) => source.current(query));
}

export function searches(): Search[] {
  return [...searched].map((source) => (query) => source.current(query));
}

/** By their titles. */
export function grouped(commands: readonly Command[]): { group: string; commands: Command[] }[] {
  return groups.map((group) => ({ group, commands: commands.filter((command) => command.group === group) })).filter(({ commands: all }) => all.length > 0);
}

/** Those whose words begin like each word that was typed. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const wanted = words(query);
  return commands.filter(({ name, about = '' }) => {
    const own = words(`${name} ${about}`);
    return wanted.every((word) => own.some((each) => each.startsWith(word)));
  });
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
