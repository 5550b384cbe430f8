import type { Message } from '../contract.ts';
import type { Outgoing } from './outbox.ts';

/** The stored messages in order, each once, over one conversation or several that followed each other. */
export class Timeline {
  #messages = new Map<string, Message>();
  #conversations: string[] = [];
  #ordered: readonly Message[] = [];

  get messages(): readonly Message[] {
    return this.#ordered;
  }

  lastSequence(conversationId: string): number {
    return this.#ordered.findLast((message) => message.conversationId === conversationId)?.sequence ?? 0;
  }

  /** Adds what is new and takes over what changed; returns the messages that were not there. */
  merge(messages: readonly Message[]): Message[] {
    const added: Message[] = [];
    for (const message of messages) {
      if (!this.#messages.has(message.id)) added.push(message);
      this.#messages.set(message.id, message);
      if (!this.#conversations.includes(message.conversationId)) this.#conversations.push(message.conversationId);
    }
    if (messages.length > 0) {
      const place = (message: Message) => this.#conversations.indexOf(message.conversationId);
      this.#ordered = [...this.#messages.values()].sort((a, b) => place(a) - place(b) || a.sequence - b.sequence);
    }
    return added;
  }

  has(id: string): boolean {
    return this.#messages.has(id);
  }

  clear(): void {
    this.#messages.clear();
    this.#conversations = [];
    this.#ordered = [];
  }
}

/**
 * The unconfirmed messages to show below the stored ones. After a lost confirmation the message may be stored already
 * and be sent again under its id: its stored copy is shown then, not both.
 */
export function notYetStored(outgoing: readonly Outgoing[], messages: readonly Message[]): Outgoing[] {
  const claimed = new Set<string>();
  return outgoing.filter((item) => {
    const stored = messages.find(
      (message) =>
        message.author.type === 'customer' &&
        message.sequence > item.afterSequence &&
        message.text === item.text &&
        Date.parse(message.createdAt) >= Date.parse(item.writtenAt) - 60_000 &&
        !claimed.has(message.id),
    );
    if (stored) claimed.add(stored.id);
    return !stored || item.refusal !== undefined;
  });
}

/** An answer while it is being written: pieces by index, shown up to the first gap. */
export class Draft {
  readonly version: number;
  #pieces: string[] = [];

  constructor(version = 0) {
    this.version = version;
  }

  add(index: number, text: string): void {
    this.#pieces[index] = text;
  }

  get text(): string {
    let text = '';
    for (let index = 0; index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      if (piece === undefined) break;
      text += piece;
    }
    return text;
  }
}
