import type { Notification } from '../contract.ts';
import type { Alert, AlertListener } from '../live.ts';
import { sentence, type Service } from '../service.ts';
import { Store } from '../store.ts';

export interface NotificationsView {
  items: readonly Notification[];
  unread: number;
  more: boolean;
  state: 'loading' | 'ready';
  problem: string | undefined;
}

interface NotificationPage {
  items: Notification[];
  next?: string;
  unread: number;
}

const path = '/api/notifications';

/** What the operator was told personally; kept by the service, so that it is the same on every device. */
export class Notifications extends Store<NotificationsView> implements AlertListener {
  #service: Service;
  #tell: (alert: Alert, newest: Notification | undefined) => void;
  #items: readonly Notification[] = [];
  #unread = 0;
  #next: string | undefined;
  #state: 'loading' | 'ready' = 'loading';
  #problem: string | undefined;

  /** @param tell Shows and sounds what came just now. */
  constructor(service: Service, tell: (alert: Alert, newest: Notification | undefined) => void) {
    super();
    this.#service = service;
    this.#tell = tell;
  }

  async load(cursor?: string): Promise<void> {
    try {
      const page = await this.#service.get<NotificationPage>(path, { cursor });
      this.#items = cursor ? [...this.#items, ...page.items] : page.items;
      this.#unread = page.unread;
      this.#next = page.next;
      this.#problem = undefined;
    } catch (error) {
      this.#problem = sentence(error);
    }
    this.#state = 'ready';
    this.show();
  }

  more = (): Promise<void> => this.load(this.#next);

  heard(alert: Alert): void {
    if (alert.kind !== 'mention' && alert.kind !== 'picture') {
      this.#tell(alert, undefined);
      return;
    }
    const { conversationId } = alert;
    void this.load().then(() => this.#tell(alert, this.#items.find((item) => item.conversationId === conversationId)));
  }

  back(): void {
    void this.load();
  }

  isUnread(conversationId: string): boolean {
    return this.#items.some((item) => item.conversationId === conversationId && !item.readAt);
  }

  /** Those of one conversation, or all. */
  async read(conversationId?: string): Promise<void> {
    try {
      await this.#service.post(`${path}/read`, { conversationId });
      await this.load();
    } catch (error) {
      this.#problem = sentence(error);
      this.show();
    }
  }

  protected look(): NotificationsView {
    return { items: this.#items, unread: this.#unread, more: this.#next !== undefined, state: this.#state, problem: this.#problem };
  }
}
