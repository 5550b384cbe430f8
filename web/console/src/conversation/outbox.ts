import { ServiceError } from '../../../shared/http.ts';
import { load, save } from '../../../shared/storage.ts';
import { sentence, type Service } from '../service.ts';
import { Store } from '../store.ts';
import type { Template } from './templates.ts';

export interface Uploaded {
  id: string;
  name: string;
}

export interface Outgoing {
  /** Minted once; every repeat carries it, so the service stores the message once. */
  clientMessageId: string;
  conversationId: string;
  /** The customer's name. */
  to: string | undefined;
  text: string;
  private: boolean;
  attachments: readonly Uploaded[];
  /** Operators whom a note names. */
  mentions: readonly string[];
  /** What the messenger sends instead of the text. */
  template?: Template;
  /** The conversation is closed once it is stored. */
  thenClose: boolean;
  /** Not on its way yet: it can be taken back. */
  held: boolean;
  /** The last sequence known when it was written: its stored copy comes after. */
  afterSequence: number;
  writtenAt: number;
  /** The stored message's id, once the service has it. */
  messageId?: string;
  /** The service could not take it yet: it is tried again by itself. */
  waits?: boolean;
  problem?: string;
}

type Kept = Outgoing & { userId: string };

const key = 'assistify.console.outbox';
/** A broker that restarts is back in seconds. */
const resendMs = [1_000, 2_000, 4_000, 8_000];
/** An older reply may answer what nobody asks any more: its writer decides. */
const freshMs = 10 * 60_000;

/**
 * What an operator wrote and the service has not confirmed, whichever conversation is open meanwhile. Once it is on its way it
 * is kept over a reload, a closed tab and an ended session. Two tabs may send the same message, which is one message by its id.
 */
export class Outbox extends Store<readonly Outgoing[]> {
  #service: Service;
  #userId: string;
  #items: readonly Outgoing[] = [];
  /** One after the other in each conversation, so that what waits for the service is not overtaken. */
  #lines = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(service: Service, userId: string) {
    super();
    this.#service = service;
    this.#userId = userId;
  }

  /** Goes on with what an earlier page could not finish. */
  start(): void {
    this.#stopped = false;
    const known = new Set(this.#items.map(({ clientMessageId }) => clientMessageId));
    for (const { userId, ...item } of kept()) {
      if (userId !== this.#userId || known.has(item.clientMessageId)) continue;
      const fresh = Date.now() - item.writtenAt < freshMs;
      this.add(item.problem || fresh ? item : { ...item, problem: 'The page was closed before the service had it.' });
      if (!item.problem && fresh) void this.post(item.clientMessageId);
    }
  }

  /** The person has signed out: nothing is sent in the name of whoever is next. */
  stop(): void {
    this.#stopped = true;
  }

  of(conversationId: string): readonly Outgoing[] {
    return this.#items.filter((item) => item.conversationId === conversationId);
  }

  add(item: Outgoing): void {
    this.#items = [...this.#items, item];
    this.show();
  }

  /** Sends it until the service has it or refuses it, after whatever was written to the same customer before; the same id again where the service may have it already. */
  post(clientMessageId: string): Promise<void> {
    const item = this.#change(clientMessageId, { held: false, problem: undefined });
    if (!item) return Promise.resolve();
    this.#keep(item);
    const line = (this.#lines.get(item.conversationId) ?? Promise.resolve()).then(() => this.#deliver(item));
    this.#lines.set(item.conversationId, line);
    return line;
  }

  discard(clientMessageId: string): void {
    this.#items = this.#items.filter((item) => item.clientMessageId !== clientMessageId);
    forget(clientMessageId);
    this.show();
  }

  /** The stored messages are shown instead. */
  forgetStored(conversationId: string): void {
    for (const item of this.of(conversationId)) {
      if (item.messageId !== undefined && !item.thenClose) this.discard(item.clientMessageId);
    }
  }

  async #deliver({ clientMessageId }: Outgoing): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const item = this.#standing(clientMessageId);
      if (!item || (await this.#attempt(item))) return;
      await new Promise((resolve) => setTimeout(resolve, resendMs[Math.min(attempt, resendMs.length - 1)]));
    }
  }

  /** Undefined where it was discarded here, or discarded or finished in another tab, or nobody is signed in any more. */
  #standing(clientMessageId: string): Outgoing | undefined {
    const item = this.#items.find((other) => other.clientMessageId === clientMessageId);
    if (this.#stopped || !item) return undefined;
    if (kept().some((other) => other.clientMessageId === clientMessageId)) return item;
    this.discard(clientMessageId);
    return undefined;
  }

  /** @returns Whether that was the last word on it. */
  async #attempt(item: Outgoing): Promise<boolean> {
    const { clientMessageId } = item;
    try {
      if (item.messageId === undefined) this.#keep(this.#change(clientMessageId, { messageId: await this.#send(item), waits: undefined }));
      if (item.thenClose) await this.#service.post(`/api/conversations/${item.conversationId}/close_conversation`, {}, { keepalive: true });
      this.#change(clientMessageId, { thenClose: false, waits: undefined });
      forget(clientMessageId);
      return true;
    } catch (error) {
      // Whoever has to sign in again finds it waiting.
      const passing = error instanceof ServiceError && (error.passing || error.status === 401);
      const changed = this.#change(clientMessageId, passing ? { waits: true } : { waits: undefined, problem: sentence(error) });
      if (!passing) this.#keep(changed);
      return !passing;
    }
  }

  async #send({ clientMessageId, conversationId, text, private: isPrivate, attachments, mentions, template }: Outgoing): Promise<string> {
    const content = {
      text,
      private: isPrivate,
      attachments: attachments.map(({ id }) => id),
      mentions: isPrivate ? mentions : undefined,
      template,
      clientMessageId,
    };
    const { messageId } = await this.#service.post<{ messageId: string }>(`/api/conversations/${conversationId}/messages`, content, { keepalive: true });
    return messageId;
  }

  #change(clientMessageId: string, part: Partial<Outgoing>): Outgoing | undefined {
    this.#items = this.#items.map((item) => (item.clientMessageId === clientMessageId ? { ...item, ...part } : item));
    this.show();
    return this.#items.find((item) => item.clientMessageId === clientMessageId);
  }

  #keep(item: Outgoing | undefined): void {
    if (!item) return;
    const { waits: _, ...rest } = item;
    save(key, [...kept().filter(({ clientMessageId }) => clientMessageId !== item.clientMessageId), { ...rest, userId: this.#userId }]);
  }

  protected look(): readonly Outgoing[] {
    return this.#items;
  }
}

/** Read from storage each time: other tabs write it too. */
function kept(): Kept[] {
  return load<Kept[]>(key) ?? [];
}

function forget(clientMessageId: string): void {
  const all = kept();
  const others = all.filter((item) => item.clientMessageId !== clientMessageId);
  if (others.length < all.length) save(key, others);
}
