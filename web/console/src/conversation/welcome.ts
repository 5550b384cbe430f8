import type { Conversation } from '../contract.ts';

/** Writing would be unasked: the customer wants no messages, and has written nothing since. The service refuses it then. */
export function isUnwelcome({ optedOutAt, lastMessage }: Conversation): boolean {
  if (!optedOutAt) return false;
  return lastMessage?.direction !== 'inbound' || Date.parse(lastMessage.createdAt) <= Date.parse(optedOutAt);
}

export function isPast(time: string | undefined, now: number): boolean {
  return time !== undefined && Date.parse(time) <= now;
}
