import { useEffect, useRef } from 'react';

/** Something that can be done here, as the palette offers it. */
export interface Command {
  id: string;
  /** Below which title it stands. */
  group: string;
  name: string;
  about?: string;
  /** The key that does the same. */
  key?: string;
  run: () => void;
}

/** What it has for what somebody typed; nothing typed asks for what is most often wanted. */
export type CommandSource = (query: string) => readonly Command[] | Promise<readonly Command[]>;

const sources = new Set<{ current: CommandSource }>();

/** Offers commands for as long as the part of the page is there. */
export function useCommands(source: CommandSource): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    sources.add(latest);
    return () => void sources.delete(latest);
  }, []);
}

/** The parts of the page that are open last come first: what is on the screen is nearer than the rest. */
export function commandSources(): readonly CommandSource[] {
  return [...sources].reverse().map((source) => (query) => source.current(query));
}

/** Those whose words begin like each word that was typed. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const wanted = words(query);
  return commands.filter(({ name, about = '' }) => {
    const known = words(`${name} ${about}`);
    return wanted.every((word) => known.some((each) => each.startsWith(word)));
  });
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
