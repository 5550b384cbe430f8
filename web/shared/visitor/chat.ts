import type { Conversation, Message, PageContext, PeopleHours, PreChat, Problem, Session } from '../contract.ts';
import { call, ServiceError } from '../http.ts';
import { load, save } from '../storage.ts';
import { readEvents } from '../sse.ts';
import { Hub, type Delta } from './hub.ts';
import { outbox, type Outgoing, type SentFile } from './outbox.ts';
import { bearer, fetchConversation, fetchMessages, forgetSession, markRead, openSession, rateConversation, uploadFile, visitor } from './service.ts';
import { Draft, notYetStored, Timeline } from './timeline.ts';

/** What the page shows. A new object at every change. */
export interface View {
  ready: boolean;
  connection: 'connecting' | 'connected' | 'away';
  turn: 'assistant' | 'agent';
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** The answer so far; empty while the assistant has not begun to write. */
  draft: string | undefined;
  /** The conversation is over, and the visitor has not said how it was. */
  unrated: boolean;
  /** What to ask before the visitor writes; nothing once he did, or said who he is. */
  asked: PreChat | undefined;
  /** Somebody of the team is writing. */
  typing: boolean;
  /** The visitor's last message was seen by somebody of the team. */
  read: boolean;
  /** When people answer, where the workspace says so. */
  people: PeopleHours | undefined;
  /** The answer is awaited longer than usual. */
  late: boolean;
  /** The latest complete message from the other side, for the live region. */
  heard: Message | undefined;
}

/** A request whose answer is still arriving. */
interface Stream {
  draft: Draft;
}

const pausesMs = [1_000, 2_000, 4_000, 8_000, 15_000];
const acceptanceMs = 15_000;
const silenceMs = 45_000;
const usualMs = 20_000;
const patienceMs = 120_000;
const typingMs = 5_000;
const ratedKey = 'assistify.rated';

/**
 * The visitor's side of a conversation. Nothing written here is lost or doubled: a message stays in the outbox under its
 * id until the service confirms it, and what the service stored comes by the stream of the request that asked, by the hub,
 * or by asking for what came after the last known sequence, whichever is first.
 */
export class Chat {
  #listeners = new Set<() => void>();
  #view: View;
  #timeline = new Timeline();
  #session: Session | undefined;
  #opening: Promise<Session> | undefined;
  #customerId = '';
  #conversationId = '';
  #hub: Hub;
  #live = false;
  #reachable: boolean | undefined;
  #turn: 'assistant' | 'agent' = 'assistant';
  #turnKnownAt = 0;
  #closedId = '';
  #introduced = false;
  #context: PageContext | undefined;
  /** How far the other side has read in which conversation. */
  #readByPeople = { conversationId: '', sequence: 0 };
  /** How far the visitor has, as far as the service knows. */
  #marked = { conversationId: '', sequence: 0 };
  #marking = false;
  /** What was said in the conversation so far is here. */
  #complete = false;
  #heard: Message | undefined;
  /** Confirmed, but without the stored copy so far. */
  #confirmed = new Map<string, Outgoing>();
  #streams: Stream[] = [];
  #pushed: Draft | undefined;
  #awaitedSince: number | undefined;
  #sending = false;
  #attempt = 0;
  #pausedUntil = 0;
  /** Until then the service asked for patience: nothing shortens it. */
  #askedUntil = 0;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  #lateTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#view = this.#look();
    this.#hub = new Hub(
      {
        message: (message) => this.#receive([message]),
        conversation: (conversation) => this.#follow(conversation),
        delta: (delta) => this.#push(delta),
        reset: () => this.#withdraw(),
        typing: (who) => this.#typed(who),
        live: (live) => {
          this.#live = live;
          if (live) void this.#catchUp();
          this.#show();
        },
      },
      () => this.#session?.token ?? '',
    );
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view = (): View => this.#view;

  start(): void {
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#show);
    addEventListener('storage', this.#show);
    document.addEventListener('visibilitychange', this.#hurry);
    void this.#poll();
  }

  send(text: string, attachments?: readonly SentFile[]): void {
    outbox.add(text, this.#timeline.lastSequence(this.#conversationId), attachments, this.#context);
    this.#show();
    void this.#flush();
  }

  /** What the page shows from now on: it goes with what is written on it. */
  setContext(context: PageContext | undefined): void {
    this.#context = context;
  }

  /** The visitor sees the conversation as it is: the other side is told how far he has read. */
  read(): void {
    const last = this.#timeline.messages.findLast(({ author, conversationId }) => conversationId === this.#conversationId && author.type !== 'customer');
    const known = this.#marked.conversationId === this.#conversationId ? this.#marked.sequence : 0;
    if (!last || this.#marking || last.sequence <= known) return;
    this.#marking = true;
    const mark = { conversationId: last.conversationId, sequence: last.sequence };
    void this.#open()
      .then((session) => markRead(session, mark.conversationId, mark.sequence))
      .then(
        () => {
          this.#marked = mark;
          this.#marking = false;
          // Something may have come meanwhile.
          this.#show();
        },
        // It is said again with the next thing that happens.
        () => (this.#marking = false),
      );
  }

  /** Stores a file to be sent with the next message. */
  async upload(file: File, progress: (part: number) => void): Promise<SentFile> {
    const { id } = await uploadFile(await this.#open(), file, progress);
    return { id, name: file.name };
  }

  /** The visitor writes. */
  typing(): void {
    this.#hub.typing();
  }

  /** @param score From 1, not helped at all, to 5. */
  async rate(score: number): Promise<void> {
    const conversationId = this.#closedId;
    await rateConversation(await this.#open(), conversationId, score);
    save(ratedKey, conversationId);
    this.#show();
  }

  sendAgain(clientMessageId: string): void {
    outbox.renew(clientMessageId, this.#timeline.lastSequence(this.#conversationId));
    this.#show();
    void this.#flush();
  }

  discard(clientMessageId: string): void {
    outbox.confirm(clientMessageId);
    this.#show();
  }

  /** What the visitor said before the chat; what he left empty is not asked again. */
  async introduce(name: string | undefined, email: string | undefined, text: string | undefined): Promise<void> {
    this.#introduced = true;
    visitor.name = name ?? visitor.name;
    visitor.email = email ?? visitor.email;
    this.#show();
    await this.#renew();
    if (text) this.send(text);
    await this.#poll();
  }

  /** Opens the session anew, because more is known about the visitor. */
  async reopen(): Promise<void> {
    await this.#renew();
    await this.#poll();
  }

  /** This device forgets who the visitor is; the page starts again as somebody new. */
  forget(): void {
    forgetSession();
    outbox.clear();
    location.reload();
  }

  #hurry = (): void => {
    if (document.visibilityState === 'hidden') return;
    this.#attempt = 0;
    this.#pausedUntil = 0;
    this.#hub.hurry();
    void this.#poll();
    this.#show();
  };

  /** The next call opens the session anew; one that is being opened says of the visitor what was known before. */
  async #renew(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    this.#session = undefined;
  }

  #open(): Promise<Session> {
    if (this.#session) return Promise.resolve(this.#session);
    this.#opening ??= openSession()
      .then((session) => {
        if (this.#customerId !== session.customerId) {
          this.#customerId = session.customerId;
          this.#conversationId = session.conversationId;
          this.#timeline.clear();
        }
        this.#session = session;
        this.#reachable = true;
        return session;
      })
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  // Receiving

  /** Asks for what is new, often while nothing is pushed and now and then while it is. */
  async #poll(): Promise<void> {
    clearTimeout(this.#pollTimer);
    if (Date.now() >= this.#pausedUntil) void this.#flush();
    await this.#catchUp();
    clearTimeout(this.#pollTimer);
    const awaiting = this.#awaitedSince !== undefined || this.#turn === 'agent';
    const pause = document.visibilityState === 'hidden' ? 60_000 : this.#live ? 60_000 : awaiting ? 2_000 : 6_000;
    this.#pollTimer = setTimeout(() => void this.#poll(), pause);
  }

  async #catchUp(): Promise<void> {
    try {
      const session = await this.#open();
      const conversationId = this.#conversationId;
      // Before the messages: its revision is then no later than what they show.
      const stale = !this.#live && Date.now() - this.#turnKnownAt > 10_000;
      const conversation = stale ? await fetchConversation(session, conversationId) : undefined;
      const messages = await fetchMessages(session, conversationId, this.#timeline.lastSequence(conversationId));
      this.#reachable = true;
      this.#complete = true;
      this.#receive(messages);
      if (conversation) this.#follow(conversation);
      void this.#hub.follow(conversationId, conversation?.revision);
    } catch (error) {
      if (error instanceof ServiceError && error.status === 404) {
        // The visitor was erased: the next attempt begins as somebody new.
        forgetSession();
        this.#session = undefined;
      }
      this.#failed(error);
    }
    this.#show();
  }

  #failed(error: unknown): void {
    if (!(error instanceof ServiceError)) {
      this.#reachable = false;
      console.error(error);
      return;
    }
    // The token ran out or the service no longer knows it: the next attempt opens the session anew.
    if (error.status === 401) this.#session = undefined;
    if (error.status === 0 || error.status >= 500) this.#reachable = false;
  }

  #receive(messages: readonly Message[]): void {
    const first = this.#timeline.messages.length === 0;
    const added = this.#timeline.merge(messages);
    for (const message of added) {
      this.#confirmed.delete(message.id);
      if (message.author.type === 'customer') {
        if (!first || Date.now() - Date.parse(message.createdAt) < usualMs) this.#await();
        continue;
      }
      if (!first) this.#heard = message;
      if (message.author.type === 'assistant') {
        // It answers everything before it, whichever way it came.
        this.#pushed = undefined;
        this.#streams = [];
        this.#settle();
      }
      if (message.author.type === 'agent') {
        this.#stopTyping();
        this.#turn = 'agent';
        this.#settle();
      }
    }
    if (added.length > 0 || messages.length > 0) this.#show();
  }

  #follow(conversation: Conversation): void {
    if (conversation.id !== this.#conversationId) return;
    this.#closedId = conversation.status === 'closed' ? conversation.id : '';
    this.#turn = conversation.turn;
    this.#turnKnownAt = Date.now();
    this.#readByPeople = { conversationId: conversation.id, sequence: Math.max(conversation.readByPeople ?? 0, this.#readByPeople.conversationId === conversation.id ? this.#readByPeople.sequence : 0) };
    if (conversation.readByCustomer !== undefined && (this.#marked.conversationId !== conversation.id || this.#marked.sequence < conversation.readByCustomer)) {
      this.#marked = { conversationId: conversation.id, sequence: conversation.readByCustomer };
    }
    if (conversation.turn === 'agent') this.#settle();
    this.#show();
  }

  #push({ conversationId, version = 0, index, text }: Delta): void {
    // The stream of our own request brings the same pieces.
    if (this.#streams.length > 0 || (conversationId !== undefined && conversationId !== this.#conversationId)) return;
    if (this.#pushed && version < this.#pushed.version) return;
    if (!this.#pushed || version > this.#pushed.version) this.#pushed = new Draft(version);
    this.#pushed.add(index, text);
    this.#show();
  }

  #withdraw(): void {
    this.#pushed = undefined;
    this.#show();
  }

  #typed(who: string): void {
    if (who !== 'agent') return;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      this.#stopTyping();
      this.#show();
    }, typingMs);
    this.#show();
  }

  #stopTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = undefined;
  }

  #await(): void {
    if (this.#turn === 'agent') return;
    this.#awaitedSince = Date.now();
    clearTimeout(this.#lateTimer);
    this.#lateTimer = setTimeout(() => {
      this.#show();
      this.#lateTimer = setTimeout(() => {
        this.#settle();
        this.#show();
      }, patienceMs - usualMs);
    }, usualMs);
  }

  #settle(): void {
    this.#awaitedSince = undefined;
    clearTimeout(this.#lateTimer);
  }

  // Sending

  /** Sends what waits, each message once the one before is accepted, so that they keep their order. */
  async #flush(): Promise<void> {
    if (this.#sending || Date.now() < this.#askedUntil) return;
    this.#sending = true;
    clearTimeout(this.#sendTimer);
    try {
      for (;;) {
        const next = outbox.all().find((outgoing) => outgoing.refusal === undefined);
        if (!next) return;
        await this.#post(next);
        this.#attempt = 0;
        this.#reachable = true;
        this.#show();
      }
    } catch (error) {
      this.#failed(error);
      const wait = error instanceof ServiceError ? error.retryAfterMs : undefined;
      const pause = wait ?? pausesMs[Math.min(this.#attempt++, pausesMs.length - 1)];
      this.#pausedUntil = Date.now() + (pause ?? 0);
      if (wait !== undefined) this.#askedUntil = this.#pausedUntil;
      this.#sendTimer = setTimeout(() => void this.#flush(), pause);
      this.#show();
    } finally {
      this.#sending = false;
    }
  }

  /** Returns when the message is accepted or refused for good; the answer goes on arriving. */
  async #post(outgoing: Outgoing): Promise<void> {
    try {
      await this.#ask(outgoing);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.passing || error.status === 401) throw error;
      outbox.refuse(outgoing.clientMessageId, error.message);
    }
  }

  async #ask(outgoing: Outgoing): Promise<void> {
    const session = await this.#open();
    const abort = new AbortController();
    const deadline = setTimeout(() => abort.abort(), acceptanceMs);
    try {
      const response = await call('/api/messages/process_message', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', ...bearer(session) },
        body: JSON.stringify({
          conversationId: this.#conversationId,
          text: outgoing.text,
          attachments: outgoing.attachments?.map(({ id }) => id),
          context: outgoing.context,
          clientMessageId: outgoing.clientMessageId,
        }),
        signal: abort.signal,
      });
      await new Promise<void>((accepted, failed) => {
        this.#read(response, outgoing, abort, accepted).catch((error: unknown) =>
          failed(error instanceof ServiceError ? error : new ServiceError(0, {})),
        );
      });
    } finally {
      clearTimeout(deadline);
    }
  }

  async #read(response: Response, outgoing: Outgoing, abort: AbortController, accepted: () => void): Promise<void> {
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream') || !response.body) {
      const answer = (await response.json()) as { message?: Message; reply?: Message };
      this.#accept(outgoing, answer.message);
      if (answer.reply) this.#receive([answer.reply]);
      accepted();
      return;
    }
    const stream: Stream = { draft: new Draft() };
    let confirmed = false;
    let silence: ReturnType<typeof setTimeout> | undefined;
    this.#streams.push(stream);
    try {
      for await (const { event, data } of readEvents(response.body)) {
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), silenceMs);
        const content = data ? (JSON.parse(data) as unknown) : undefined;
        if (event === 'message.accepted') {
          this.#accept(outgoing, content);
          confirmed = true;
          accepted();
        } else if (event === 'reply.delta') {
          const { index, text } = content as { index: number; text: string };
          stream.draft.add(index, text);
        } else if (event === 'reply.reset') {
          stream.draft = new Draft();
        } else if (event === 'reply.completed') {
          this.#remove(stream);
          const reply = (content as { reply?: Message } | undefined)?.reply ?? (content as Message | undefined);
          if (reply?.id) this.#receive([reply]);
          else this.#settle();
          break;
        } else if (event === 'error') {
          const problem = (content ?? {}) as Problem;
          if (!confirmed) throw new ServiceError(problem.status ?? 503, problem);
          break;
        }
        this.#show();
      }
      if (!confirmed) throw new ServiceError(0, {});
    } catch (error) {
      if (!confirmed) throw error;
      // The message is stored; its answer comes by the hub or by asking.
    } finally {
      clearTimeout(silence);
      this.#remove(stream);
      this.#show();
    }
    void this.#poll();
  }

  #remove(stream: Stream): void {
    this.#streams = this.#streams.filter((other) => other !== stream);
  }

  #accept(outgoing: Outgoing, content: unknown): void {
    const named = content as { message?: Message; messageId?: string } | undefined;
    const message = (named?.message ?? content) as Partial<Message> | undefined;
    const id = message?.id ?? named?.messageId;
    outbox.confirm(outgoing.clientMessageId);
    if (message?.conversationId && message.conversationId !== this.#conversationId) {
      // The conversation was closed meanwhile and the message opened the next one.
      this.#conversationId = message.conversationId;
      void this.#hub.follow(this.#conversationId);
    }
    if (message?.id && message.sequence !== undefined) {
      this.#receive([message as Message]);
    } else if (id && !this.#timeline.has(id)) {
      this.#confirmed.set(id, outgoing);
      this.#await();
    }
  }

  // Showing

  #show = (): void => {
    this.#view = this.#look();
    for (const listener of this.#listeners) listener();
  };

  #look(): View {
    const messages = this.#timeline.messages;
    const last = messages.at(-1);
    const mine = messages.findLast(({ author }) => author.type === 'customer');
    const writing = this.#streams.findLast((stream) => stream.draft.text !== '')?.draft ?? this.#pushed;
    // The stored answer may come by the hub before its stream ends: then what was streamed of it is not shown beside it.
    const answered = last?.author.type === 'assistant';
    const awaited = this.#awaitedSince !== undefined || this.#streams.length > 0 || writing !== undefined;
    const answering = this.#turn === 'assistant' && !answered && awaited;
    return {
      ready: this.#conversationId !== '',
      connection:
        !navigator.onLine || this.#reachable === false ? 'away' : this.#reachable === undefined ? 'connecting' : 'connected',
      turn: this.#turn,
      messages,
      outgoing: notYetStored([...this.#confirmed.values(), ...outbox.all()], messages),
      draft: answering ? (writing?.text ?? '') : undefined,
      unrated: this.#closedId !== '' && this.#closedId === this.#conversationId && messages.length > 0 && load<string>(ratedKey) !== this.#closedId,
      asked: this.#introduced || !this.#complete || messages.length > 0 || outbox.all().length > 0 ? undefined : this.#session?.preChat,
      typing: this.#typingTimer !== undefined,
      read: mine !== undefined && mine.conversationId === this.#readByPeople.conversationId && mine.sequence <= this.#readByPeople.sequence,
      people: this.#session?.people,
      late: answering && !writing && Date.now() - (this.#awaitedSince ?? Date.now()) >= usualMs - 500,
      heard: this.#heard,
    };
  }
}
