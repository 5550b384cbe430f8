import type { ReactNode } from 'react';

const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Plain text with its web addresses as links; nothing else of it is ever interpreted. */
export function linkify(text: string, key = ''): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(
      <a href={match[0]} key={`${key}${match.index}`} rel="noopener noreferrer" target="_blank">
        {match[0]}
      </a>,
    );
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
