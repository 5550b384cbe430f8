import type { PageContext } from '../contract.ts';
import { load, save } from '../storage.ts';

/** A file that the service has. */
export interface SentFile {
  id: string;
  name: string;
}

/** A message of the customer's that the service has not confirmed yet. */
export interface Outgoing {
  /** Minted once; every repeat carries it, so the service stores the message once. */
  clientMessageId: string;
  text: string;
  attachments?: readonly SentFile[];
  /** What the page showed when it was written. */
  context?: PageContext;
  writtenAt: string;
  /** The last sequence known when it was written: its stored copy comes after. */
  afterSequence: number;
  /** Why the service refuses it; a refused message is not repeated by itself. */
  refusal?: string;
}

const key = 'assistify.outbox';

/**
 * What was written and is not confirmed, kept over reloads. Read from storage each time: a second tab shares it, and
 * both may send the same message, which is one message by its id.
 */
export const outbox = {
  all(): Outgoing[] {
    return load<Outgoing[]>(key) ?? [];
  },

  add(text: string, afterSequence: number, attachments?: readonly SentFile[], context?: PageContext): Outgoing {
    const outgoing = {
      clientMessageId: crypto.randomUUID(),
      text,
      attachments,
      context,
      writtenAt: new Date().toISOString(),
      afterSequence,
    };
    save(key, [...this.all(), outgoing]);
    return outgoing;
  },

  confirm(clientMessageId: string): void {
    save(key, this.all().filter((outgoing) => outgoing.clientMessageId !== clientMessageId));
  },

  refuse(clientMessageId: string, refusal: string): void {
    save(
      key,
      this.all().map((outgoing) => (outgoing.clientMessageId === clientMessageId ? { ...outgoing, refusal } : outgoing)),
    );
  },

  /** The person asked for another try: a new message, since the service may remember the refused one's id. */
  renew(clientMessageId: string, afterSequence: number): void {
    save(
      key,
      this.all().map((outgoing) =>
        outgoing.clientMessageId === clientMessageId
          ? { clientMessageId: crypto.randomUUID(), text: outgoing.text, attachments: outgoing.attachments, context: outgoing.context, writtenAt: outgoing.writtenAt, afterSequence }
          : outgoing,
      ),
    );
  },

  clear(): void {
    save(key, []);
  },
};
