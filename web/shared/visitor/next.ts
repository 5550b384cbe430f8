import type { Card, Message } from '../contract.ts';
import type { Outgoing } from './outbox.ts';

/**
 * What the visitor wrote after an answer that asks with a form or times: it is over then. Written and not confirmed
 * counts, so that nothing is sent twice; something newer that is asked, or a next conversation, ends it too.
 */
export function nextAfter(messages: readonly Message[], outgoing: readonly Outgoing[], index: number): string | undefined {
  if (!messages[index]?.cards?.some(isAsked)) return undefined;
  const later = messages.slice(index + 1);
  const written = later.find(({ author }) => author.type === 'customer') ?? outgoing.find(({ refusal }) => refusal === undefined);
  if (written) return written.text;
  return later.some(({ conversationId, cards }) => conversationId !== messages[index]?.conversationId || cards?.some(isAsked)) ? '' : undefined;
}

/** A form, or a booking with times to choose from. */
export function isAsked({ kind, slots }: Card): boolean {
  return kind === 'form' || (slots !== undefined && slots.length > 0);
}
