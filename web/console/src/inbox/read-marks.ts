import { load, save } from '../../../shared/storage.ts';
import type { Conversation } from '../contract.ts';

interface Marks {
  /** What is older was there before the console was used on this device. */
  since: string;
  /** By conversation, the last message that was on the screen; the latest conversations at the end. */
  read: Record<string, number>;
}

const key = 'assistify.console.read';
const most = 5_000;

/** What was read on this device. */
class ReadMarks {
  #marks: Marks = load<Marks>(key) ?? { since: new Date().toISOString(), read: {} };
  #listeners = new Set<() => void>();
  version = 0;

  constructor() {
    save(key, this.#marks);
  }

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** What is older counts as read. */
  get since(): number {
    return Date.parse(this.#marks.since);
  }

  isUnread(conversation: Conversation): boolean {
    const last = conversation.lastMessage;
    if (!last || last.author.type === 'agent') return false;
    const read = this.#marks.read[conversation.id];
    return read === undefined ? last.createdAt > this.#marks.since : last.sequence > read;
  }

  mark(conversationId: string, sequence: number): void {
    if ((this.#marks.read[conversationId] ?? 0) >= sequence) return;
    const { [conversationId]: _, ...others } = this.#marks.read;
    const read = Object.entries({ ...others, [conversationId]: sequence }).slice(-most);
    this.#marks = { ...this.#marks, read: Object.fromEntries(read) };
    save(key, this.#marks);
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

export const readMarks = new ReadMarks();
