import { HubConnection } from '../../shared/hub-connection.ts';
import type { Delta } from '../../shared/visitor/hub.ts';
import type { Conversation, Message } from './contract.ts';
import type { Session } from './session/session.ts';
import { Store } from './store.ts';

export interface Typing {
  conversationId: string;
  author: { type: Message['author']['type']; id?: string; name?: string };
}

/** A colleague looks at a conversation, or stopped to. */
export interface Presence {
  conversationId: string;
  operator: { id: string; name?: string };
  here: boolean;
}

/** Something that people should know wherever they are. */
export type Alert =
  | { kind: 'handover' | 'mention' | 'picture'; conversationId: string }
  | { kind: 'connection'; connection: { id: string; channel: string; alarm: string } }
  | { kind: 'quality'; quality: { model: string; accuracy: number; messages: number } };

/** What a conversation on the screen hears. */
export interface Follower {
  id: string;
  /** The last revision known, so that nothing after it is missed. */
  revision: number;
  message(message: Message): void;
  conversation(conversation: Conversation): void;
  delta(delta: Delta): void;
  reset(): void;
  typing(typing: Typing): void;
  presence(presence: Presence): void;
}

export interface InboxListener {
  changed(conversation: Conversation): void;
  /** Connected again after a pause: what is older than the replay has to be asked for. */
  back(): void;
}

export interface AlertListener {
  heard(alert: Alert): void;
  /** Connected again after a pause. */
  back(): void;
}

const presenceEveryMs = 20_000;
const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * The operator's live connection: the whole inbox, and the conversation on the screen. It names the last revisions it has
 * seen whenever it connects, and tries again by itself for as long as somebody is signed in.
 */
export class Live extends Store<{ connected: boolean }> {
  #session: Session;
  #inbox: InboxListener;
  #alerts: AlertListener;
  #presenceTimer: ReturnType<typeof setInterval> | undefined;
  #connection: HubConnection | undefined;
  #connected = false;
  #connecting = false;
  #stopped = false;
  #inboxRevision: number | null = null;
  #follower: Follower | undefined;
  #followed = '';
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typedAt = 0;

  constructor(session: Session, inbox: InboxListener, alerts: AlertListener) {
    super();
    this.#session = session;
    this.#inbox = inbox;
    this.#alerts = alerts;
  }

  start(): void {
    this.#stopped = false;
    addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
    document.addEventListener('visibilitychange', this.#look);
    this.#presenceTimer = setInterval(() => this.viewing(), presenceEveryMs);
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    document.removeEventListener('visibilitychange', this.#look);
    clearInterval(this.#presenceTimer);
    clearTimeout(this.#timer);
    this.#connection?.stop();
  }

  follow(follower: Follower): void {
    this.#follower = follower;
    void this.#subscribe().catch(() => this.#connection?.stop());
  }

  leave(follower: Follower): void {
    if (this.#follower !== follower) return;
    this.#follower = undefined;
    this.#unsubscribe();
  }

  /** Tells the others in the conversation, at most every two seconds. */
  typing(): void {
    if (!this.#connected || !this.#followed || Date.now() - this.#typedAt < 2_000) return;
    this.#typedAt = Date.now();
    this.#connection?.invoke('Typing', this.#followed).catch(() => undefined);
  }

  /** Tells colleagues that somebody looks at the conversation on the screen. */
  viewing(): void {
    if (!this.#connected || !this.#followed || document.visibilityState === 'hidden') return;
    this.#connection?.invoke('Viewing', this.#followed).catch(() => undefined);
  }

  #look = (): void => {
    if (document.visibilityState === 'visible') this.viewing();
    else if (this.#followed) this.#connection?.invoke('Left', this.#followed).catch(() => undefined);
  };

  async #connect(): Promise<void> {
    if (this.#connecting || this.#connection) return;
    this.#connecting = true;
    try {
      await this.#open();
    } finally {
      this.#connecting = false;
    }
  }

  async #open(): Promise<void> {
    const connection = new HubConnection('/hubs/conversations', this.#session.token);
    connection.on('conversation', (conversation: Conversation) => this.#take(conversation));
    connection.on('message', (message: Message) => this.#following(message.conversationId)?.message(message));
    connection.on('replyDelta', (delta: Delta) => this.#following(delta.conversationId)?.delta(delta));
    connection.on('replyReset', ({ conversationId }: { conversationId: string }) => this.#following(conversationId)?.reset());
    connection.on('typing', (typing: Typing) => this.#following(typing.conversationId)?.typing(typing));
    connection.on('presence', (presence: Presence) => {
      // Another window of the same person is nobody else.
      if (presence.operator.id !== this.#session.user?.id) this.#following(presence.conversationId)?.presence(presence);
    });
    connection.on('notification', (alert: Alert) => this.#alerts.heard(alert));
    connection.onclose(() => {
      this.#connection = undefined;
      this.#followed = '';
      this.#connected = false;
      this.show();
      this.#again();
    });
    try {
      await connection.start();
    } catch {
      this.#again();
      return;
    }
    if (this.#stopped) {
      connection.stop();
      return;
    }
    this.#connection = connection;
    try {
      const isBack = this.#inboxRevision !== null;
      const { revision } = await connection.invoke<{ revision: number }>('SubscribeInbox', this.#inboxRevision);
      this.#inboxRevision = Math.max(this.#inboxRevision ?? 0, revision);
      await this.#subscribe();
      this.#attempt = 0;
      this.#connected = true;
      this.viewing();
      if (isBack) {
        this.#inbox.back();
        this.#alerts.back();
      }
      this.show();
    } catch {
      connection.stop();
    }
  }

  async #subscribe(): Promise<void> {
    const follower = this.#follower;
    if (!this.#connection || !follower || this.#followed === follower.id) return;
    this.#unsubscribe();
    this.#followed = follower.id;
    await this.#connection.invoke('Subscribe', follower.id, follower.revision);
    this.viewing();
  }

  #unsubscribe(): void {
    if (this.#followed) this.#connection?.invoke('Unsubscribe', this.#followed).catch(() => undefined);
    this.#followed = '';
  }

  #take(conversation: Conversation): void {
    if (conversation.inboxRevision !== undefined) {
      this.#inboxRevision = Math.max(this.#inboxRevision ?? 0, conversation.inboxRevision);
    }
    this.#inbox.changed(conversation);
    this.#following(conversation.id)?.conversation(conversation);
  }

  #following(conversationId: string | undefined): Follower | undefined {
    return this.#follower?.id === conversationId ? this.#follower : undefined;
  }

  #hurry = (): void => {
    if (this.#connection || this.#stopped || document.visibilityState === 'hidden') return;
    this.#attempt = 0;
    this.#again(0);
  };

  #again(pause = pausesMs[Math.min(this.#attempt++, pausesMs.length - 1)]): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), pause);
  }

  protected look(): { connected: boolean } {
    return { connected: this.#connected };
  }
}
