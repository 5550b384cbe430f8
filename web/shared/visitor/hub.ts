import type { Conversation, Message } from '../contract.ts';
import { services } from '../http.ts';
import { HubConnection } from '../hub-connection.ts';

export interface HubEvents {
  message(message: Message): void;
  conversation(conversation: Conversation): void;
  delta(delta: Delta): void;
  reset(): void;
  /** Somebody else writes. */
  typing(who: string): void;
  /** Subscribed, or no longer. */
  live(live: boolean): void;
}

const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/** A piece of the answer to a version of the conversation's turn. */
export interface Delta {
  conversationId?: string;
  version?: number;
  index: number;
  text: string;
}

interface Revised {
  conversationId?: string;
  revision?: number;
}

/**
 * Live push of one conversation. It subscribes with the last revision it has seen, so that nothing between two
 * connections is missed, and tries again by itself for as long as the page is open.
 */
export class Hub {
  #events: HubEvents;
  #token: () => string;
  #conversationId = '';
  #revision: number | null = null;
  #connection: HubConnection | undefined;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typedAt = 0;

  constructor(events: HubEvents, token: () => string) {
    this.#events = events;
    this.#token = token;
  }

  /** @param revision What is known already; without one everything is sent again. */
  async follow(conversationId: string, revision: number | null = null): Promise<void> {
    if (conversationId === this.#conversationId) return;
    this.#conversationId = conversationId;
    this.#revision = revision;
    if (this.#connection) await this.#subscribe();
    else await this.#connect();
  }

  /** Tells the others that the visitor writes, every two seconds at most. */
  typing(): void {
    if (!this.#connection || Date.now() - this.#typedAt < 2_000) return;
    this.#typedAt = Date.now();
    this.#connection.invoke('Typing', this.#conversationId).catch(() => undefined);
  }

  /** A pause between two attempts ends now, because the network is back. */
  hurry(): void {
    if (this.#connection || !this.#conversationId) return;
    clearTimeout(this.#timer);
    this.#attempt = 0;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    try {
      const connection = new HubConnection(`${services.origin}/hubs/conversations`, this.#token());
      connection.on('message', (message: Message & Revised & { message?: Message }) => {
        this.#seen(message);
        this.#events.message(message.message ?? message);
      });
      connection.on('conversation', (conversation: Conversation) => {
        this.#seen({ conversationId: conversation.id, revision: conversation.revision });
        this.#events.conversation(conversation);
      });
      connection.on('replyDelta', (delta: Delta) => this.#events.delta(delta));
      connection.on('replyReset', () => this.#events.reset());
      connection.on('typing', ({ author }: { author: { type: string } }) => this.#events.typing(author.type));
      connection.onclose(() => {
        this.#connection = undefined;
        this.#events.live(false);
        this.#again();
      });
      await connection.start();
      this.#connection = connection;
      await this.#subscribe();
    } catch {
      const connection = this.#connection;
      if (connection) connection.stop();
      else this.#again();
    }
  }

  async #subscribe(): Promise<void> {
    const subscribed = this.#conversationId;
    await this.#connection?.invoke('Subscribe', subscribed, this.#revision);
    this.#attempt = 0;
    this.#events.live(true);
  }

  #seen({ conversationId, revision }: Revised): void {
    if (revision === undefined || (conversationId ?? this.#conversationId) !== this.#conversationId) return;
    this.#revision = Math.max(this.#revision ?? 0, revision);
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), pausesMs[Math.min(this.#attempt++, pausesMs.length - 1)]);
  }
}
