import { ServiceError } from '../../../shared/http.ts';
import type { Delta } from '../../../shared/visitor/hub.ts';
import { Draft } from '../../../shared/visitor/timeline.ts';
import type { Conversation, Message } from '../contract.ts';
import type { Follower, Live, Presence, Typing } from '../live.ts';
import { customerName } from '../names.ts';
import { sentence, type Service } from '../service.ts';
import { Store } from '../store.ts';
import type { Outbox, Outgoing } from './outbox.ts';

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
/** Longer than a pause between two pieces of an answer, shorter than anybody's patience with one that stopped. */
const draftMs = 60_000;

/** One conversation on the screen, as it is and as it goes on. */
export class Thread extends Store<ThreadView> implements Follower {
  readonly id: string;
  revision = 0;
  #service: Service;
  #live: Live;
  #outbox: Outbox;
  #leaveOutbox: (() => void) | undefined;
  #conversation: Conversation | undefined;
  #messages = new Map<string, Message>();
  #ordered: readonly Message[] = [];
  #draft: Draft | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #holds = new Map<string, ReturnType<typeof setTimeout>>();
  #others = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  #typing: Typing['author'] | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #earlier: 'none' | 'more' | 'loading' = 'none';
  #state: 'loading' | 'ready' | 'missing' = 'loading';
  #problem: string | undefined;

  #read = 0;

  constructor(id: string, known: Conversation | undefined, service: Service, live: Live, outbox: Outbox) {
    super();
    this.id = id;
    this.#conversation = known;
    this.#service = service;
    this.#live = live;
    this.#outbox = outbox;
  }

  /** The conversation first: its revision is then no later than the messages, and what comes after is pushed. */
  async open(): Promise<void> {
    addEventListener('pagehide', this.#leaving);
    this.#outbox.forgetStored(this.id);
    this.#leaveOutbox ??= this.#outbox.subscribe(() => this.show());
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
    this.#leaveOutbox?.();
    this.#leaveOutbox = undefined;
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
      conversationId: this.id,
      to: this.#conversation && customerName(this.#conversation.customer),
      text,
      private: isPrivate,
      attachments: [],
      mentions: [],
      thenClose: false,
      ...more,
      held: !isPrivate,
      afterSequence: this.#ordered.at(-1)?.sequence ?? 0,
      writtenAt: Date.now(),
    };
    this.#outbox.add(outgoing);
    if (outgoing.held) this.#holds.set(outgoing.clientMessageId, setTimeout(() => void this.flush(), undoMs));
    await earlier;
    if (!outgoing.held) await this.#outbox.post(outgoing.clientMessageId);
  }

  /** Takes back the reply that is not on its way yet. */
  undo(): Outgoing | undefined {
    const last = this.#outbox.of(this.id).findLast(({ held }) => held);
    if (last) {
      clearTimeout(this.#holds.get(last.clientMessageId));
      this.#holds.delete(last.clientMessageId);
      this.#outbox.discard(last.clientMessageId);
    }
    return last;
  }

  /** Sends what waits to be taken back. */
  async flush(): Promise<void> {
    const held = [...this.#holds];
    this.#holds.clear();
    for (const [, timer] of held) clearTimeout(timer);
    await Promise.all(held.map(([id]) => this.#outbox.post(id)));
  }

  #leaving = (): void => void this.flush();

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

  #page(before: number): Promise<MessagePage> {
    return this.#service.get<MessagePage>('/api/messages/get_conversation_messages', { conversationId: this.id, before, limit: pageSize });
  }

  #merge(messages: readonly Message[]): void {
    for (const message of messages) this.#messages.set(message.id, message);
    this.#ordered = [...this.#messages.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** The push of a stored message may come before the answer to the call that sent it: then it is known by what it says. */
  #unstored(): Outgoing[] {
    const outgoing = this.#outbox.of(this.id);
    const claimed = new Set(outgoing.map(({ messageId }) => messageId));
    return outgoing.filter((item) => {
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
