import { ServiceError } from '../../../shared/http.ts';
import type { Delta } from '../../../shared/visitor/hub.ts';
import { Draft } from '../../../shared/visitor/timeline.ts';
import type { Conversation, Message } from '../contract.ts';
import type { Follower, Live, Presence, Typing } from '../live.ts';
import { sentence, type Service } from '../service.ts';
import { Store } from '../store.ts';
import type { Template } from './templates.ts';

export interface Uploaded {
  id: string;
  name: string;
}

export interface Outgoing {
  clientMessageId: string;
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
  /** The stored message's id, once the service has it. */
  messageId?: string;
  /** The service could not take it yet: it is tried again by itself. */
  waits?: boolean;
  problem?: string;
}

export interface ThreadView {
  conversation: Conversation | undefined;
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** What the assistant is writing. */
  draft: string | undefined;
  typing: Typing['author'] | undefined;
  /** Colleagues who look at it too, by name. */
  others: readonly string[];
  earlier: 'none' | 'more' | 'loading';
  state: 'loading' | 'ready' | 'missing';
  problem: string | undefined;
}

interface MessagePage {
  items: Message[];
  next?: number;
}

const pageSize = 50;
const typingMs = 5_000;
/** How long a reply can be taken back. */
export const undoMs = 5_000;
/** A colleague who has said nothing for so long does not look any more; he says so every 20 s. */
const presenceMs = 45_000;
/** A broker that restarts is back in seconds. */
const resendMs = [1_000, 2_000, 4_000, 8_000];
/** Longer than a pause between two pieces of an answer, shorter than anybody's patience with one that stopped. */
const draftMs = 60_000;

/** One conversation on the screen, as it is and as it goes on. */
export class Thread extends Store<ThreadView> implements Follower {
  readonly id: string;
  revision = 0;
  #service: Service;
  #live: Live;
  #conversation: Conversation | undefined;
  #messages = new Map<string, Message>();
  #ordered: readonly Message[] = [];
  #outgoing: Outgoing[] = [];
  #draft: Draft | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  /** One after the other, so that what waits for the service is not overtaken. */
  #line: Promise<void> = Promise.resolve();
  #holds = new Map<string, ReturnType<typeof setTimeout>>();
  #others = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  #typing: Typing['author'] | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #earlier: 'none' | 'more' | 'loading' = 'none';
  #state: 'loading' | 'ready' | 'missing' = 'loading';
  #problem: string | undefined;

  #read = 0;

  constructor(id: string, known: Conversation | undefined, service: Service, live: Live) {
    super();
    this.id = id;
    this.#conversation = known;
    this.#service = service;
    this.#live = live;
  }

  /** The conversation first: its revision is then no later than the messages, and what comes after is pushed. */
  async open(): Promise<void> {
    addEventListener('pagehide', this.#leaving);
    try {
      const conversation = await this.#service.get<Conversation>(`/api/conversations/${this.id}`);
      const page = await this.#page(Number.MAX_SAFE_INTEGER);
      this.#conversation = conversation;
      this.revision = conversation.revision;
      this.#merge(page.items);
      this.#earlier = page.next === undefined ? 'none' : 'more';
      this.#state = 'ready';
      this.#problem = undefined;
      this.#live.follow(this);
    } catch (error) {
      if (error instanceof ServiceError && error.status === 404) this.#state = 'missing';
      else this.#problem = sentence(error);
    }
    this.show();
  }

  close(): void {
    removeEventListener('pagehide', this.#leaving);
    void this.flush();
    this.#live.leave(this);
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#draftTimer);
    for (const { timer } of this.#others.values()) clearTimeout(timer);
    this.#others.clear();
  }

  async loadEarlier(): Promise<void> {
    const first = this.#ordered[0];
    if (this.#earlier !== 'more' || !first) return;
    this.#earlier = 'loading';
    this.show();
    try {
      const page = await this.#page(first.sequence);
      this.#merge(page.items);
      this.#earlier = page.next === undefined ? 'none' : 'more';
    } catch (error) {
      this.#earlier = 'more';
      this.#problem = sentence(error);
    }
    this.show();
  }

  /** A note is stored at once. A reply waits a moment in which it can be taken back; whatever is done next sends it first. */
  async send(text: string, isPrivate: boolean, more: Partial<Pick<Outgoing, 'attachments' | 'mentions' | 'template' | 'thenClose'>> = {}): Promise<void> {
    const earlier = this.flush();
    const outgoing: Outgoing = {
      clientMessageId: crypto.randomUUID(),
      text,
      private: isPrivate,
      attachments: [],
      mentions: [],
      thenClose: false,
      ...more,
      held: !isPrivate,
      afterSequence: this.#ordered.at(-1)?.sequence ?? 0,
    };
    this.#outgoing = [...this.#outgoing, outgoing];
    if (outgoing.held) this.#holds.set(outgoing.clientMessageId, setTimeout(() => void this.flush(), undoMs));
    this.show();
    await earlier;
    if (!outgoing.held) await this.#post(outgoing);
  }

  /** Takes back the reply that is not on its way yet. */
  undo(): Outgoing | undefined {
    const last = this.#outgoing.findLast(({ held }) => held);
    if (last) {
      clearTimeout(this.#holds.get(last.clientMessageId));
      this.#holds.delete(last.clientMessageId);
      this.discard(last);
    }
    return last;
  }

  /** Sends what waits to be taken back. */
  async flush(): Promise<void> {
    for (const [id, timer] of [...this.#holds]) {
      clearTimeout(timer);
      this.#holds.delete(id);
      const outgoing = this.#outgoing.find(({ clientMessageId }) => clientMessageId === id);
      if (!outgoing) continue;
      const sent = { ...outgoing, held: false };
      this.#outgoing = this.#outgoing.map((other) => (other === outgoing ? sent : other));
      await this.#post(sent);
      if (sent.thenClose && this.#outgoing.some(({ clientMessageId, problem }) => clientMessageId === id && !problem)) await this.end();
    }
  }

  #leaving = (): void => void this.flush();

  /** The same id again where the service may have it already; it stores a message once. */
  sendAgain(outgoing: Outgoing): Promise<void> {
    const again = { ...outgoing, problem: undefined };
    this.#outgoing = this.#outgoing.map((other) => (other === outgoing ? again : other));
    return this.#post(again);
  }

  discard(outgoing: Outgoing): void {
    this.#outgoing = this.#outgoing.filter(({ clientMessageId }) => clientMessageId !== outgoing.clientMessageId);
    this.show();
  }

  /** Somebody who could answer has seen it up to here: a customer on the web is shown that. Said again later where it does not arrive. */
  read(sequence: number): void {
    const conversation = this.#conversation;
    if (conversation?.channel !== 'web' || sequence <= Math.max(this.#read, conversation.readByPeople ?? 0)) return;
    const before = this.#read;
    this.#read = sequence;
    this.#service.post(`/api/conversations/${this.id}/read`, { sequence }).catch(() => (this.#read = before));
  }

  takeOver = (): Promise<void> => this.#command('take_over');

  handBack = (): Promise<void> => this.#command('hand_back');

  end = (): Promise<void> => this.#command('close_conversation', {});

  assign = (user: { id: string; name: string } | undefined): Promise<void> =>
    this.#command('assign', { assignee: user?.id ?? null, name: user?.name });

  give = (team: { id: string }): Promise<void> => this.#command('assign', { team: team.id });

  runMacro = (macroId: string, text: string | undefined): Promise<void> =>
    this.#command('run_macro', { macroId, text, clientCommandId: crypto.randomUUID() });

  label = (labels: string[]): Promise<void> => this.#command('labels', { labels });

  dismiss = (): void => {
    this.#problem = undefined;
    this.show();
  };

  // What is pushed

  message(message: Message): void {
    this.#merge([message]);
    if (message.author.type !== 'customer') this.#setDraft(undefined);
    if (message.author.type === this.#typing?.type) this.#typing = undefined;
    this.show();
  }

  conversation(conversation: Conversation): void {
    // The inbox' own pushes may be ahead of the messages: they move nothing that a new connection would ask after.
    if (conversation.inboxRevision === undefined) this.revision = Math.max(this.revision, conversation.revision);
    if (this.#conversation && conversation.revision < this.#conversation.revision) return;
    this.#conversation = conversation;
    if (conversation.turn === 'agent') this.#setDraft(undefined);
    this.show();
  }

  delta({ version = 0, index, text }: Delta): void {
    if (this.#draft && version < this.#draft.version) return;
    if (!this.#draft || version > this.#draft.version) this.#setDraft(new Draft(version));
    this.#draft!.add(index, text);
    this.show();
  }

  reset(): void {
    this.#setDraft(undefined);
    this.show();
  }

  typing({ author }: Typing): void {
    this.#typing = author;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      this.#typing = undefined;
      this.show();
    }, typingMs);
    this.show();
  }

  presence({ operator, here }: Presence): void {
    const known = this.#others.get(operator.id);
    clearTimeout(known?.timer);
    this.#others.delete(operator.id);
    if (here) {
      const timer = setTimeout(() => {
        this.#others.delete(operator.id);
        this.show();
      }, presenceMs);
      this.#others.set(operator.id, { name: operator.name ?? 'A colleague', timer });
      // Whoever is new does not know of us.
      if (!known) this.#live.viewing();
    }
    this.show();
  }

  async #command(name: string, content?: unknown): Promise<void> {
    await this.flush();
    try {
      this.conversation(await this.#service.post<Conversation>(`/api/conversations/${this.id}/${name}`, content));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = sentence(error);
    }
    this.show();
  }

  #post(outgoing: Outgoing): Promise<void> {
    this.show();
    this.#line = this.#line.then(() => this.#deliver(outgoing));
    return this.#line;
  }

  /** Until the service has it or refuses it; by its id it is stored once, however often it is sent. */
  async #deliver(outgoing: Outgoing): Promise<void> {
    for (let attempt = 0; this.#outgoing.some(({ clientMessageId }) => clientMessageId === outgoing.clientMessageId); attempt++) {
      if (await this.#attempt(outgoing)) return;
      await new Promise((resolve) => setTimeout(resolve, resendMs[Math.min(attempt, resendMs.length - 1)]));
    }
  }

  /** @returns Whether that was the last word on it. */
  async #attempt(outgoing: Outgoing): Promise<boolean> {
    const change = (part: Partial<Outgoing>) => {
      this.#outgoing = this.#outgoing.map((other) =>
        other.clientMessageId === outgoing.clientMessageId ? { ...other, ...part } : other,
      );
    };
    try {
      const content = {
        text: outgoing.text,
        private: outgoing.private,
        attachments: outgoing.attachments.map(({ id }) => id),
        mentions: outgoing.private ? outgoing.mentions : undefined,
        template: outgoing.template,
        clientMessageId: outgoing.clientMessageId,
      };
      const { messageId } = await this.#service.post<{ messageId: string }>(`/api/conversations/${this.id}/messages`, content, { keepalive: true });
      change({ messageId, waits: undefined });
    } catch (error) {
      const passing = error instanceof ServiceError && error.passing;
      change(passing ? { waits: true } : { waits: undefined, problem: sentence(error) });
      this.show();
      return !passing;
    }
    this.show();
    return true;
  }

  #page(before: number): Promise<MessagePage> {
    return this.#service.get<MessagePage>('/api/messages/get_conversation_messages', { conversationId: this.id, before, limit: pageSize });
  }

  #merge(messages: readonly Message[]): void {
    for (const message of messages) this.#messages.set(message.id, message);
    this.#ordered = [...this.#messages.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** The push of a stored message may come before the answer to the call that sent it: then it is known by what it says. */
  #unstored(): Outgoing[] {
    const claimed = new Set(this.#outgoing.map(({ messageId }) => messageId));
    return this.#outgoing.filter((item) => {
      if (item.messageId) return !this.#messages.has(item.messageId);
      const stored = this.#ordered.find(
        (message) =>
          message.sequence > item.afterSequence &&
          message.author.type === 'agent' &&
          message.text === item.text &&
          Boolean(message.private) === item.private &&
          !claimed.has(message.id),
      );
      if (stored) claimed.add(stored.id);
      return !stored || item.problem !== undefined;
    });
  }

  #setDraft(draft: Draft | undefined): void {
    this.#draft = draft;
    clearTimeout(this.#draftTimer);
    if (draft) this.#draftTimer = setTimeout(() => this.reset(), draftMs);
  }

  protected look(): ThreadView {
    return {
      conversation: this.#conversation,
      messages: this.#ordered,
      outgoing: this.#unstored(),
      draft: this.#draft?.text || undefined,
      typing: this.#typing,
      others: [...this.#others.values()].map(({ name }) => name),
      earlier: this.#earlier,
      state: this.#state,
      problem: this.#problem,
    };
  }
}
