import { useEffect, useState } from 'react';
import type { Exchange, OutboxItem } from './service.ts';

/** What the sandbox tells while it happens. */
export type LiveEvent =
  | { kind: 'inbound'; data: { channel: string; sid: string; from: string; body?: string; status: number } }
  | { kind: 'outbound'; data: OutboxItem }
  | { kind: 'status'; data: { channel: string; sid: string; to: string; status: string } }
  | { kind: 'exchange'; data: Exchange };

const kinds = ['inbound', 'outbound', 'status', 'exchange'] as const;

type Listener = (event: LiveEvent) => void;

/** One connection for the whole page; the browser connects again by itself. */
export class Live {
  #listeners = new Set<Listener>();
  #states = new Set<(connected: boolean) => void>();
  #source = new EventSource('/sandbox/api/events');

  constructor() {
    this.#source.onopen = () => this.#states.forEach((tell) => tell(true));
    this.#source.onerror = () => this.#states.forEach((tell) => tell(false));
    for (const kind of kinds) {
      this.#source.addEventListener(kind, (event) => {
        const live = { kind, data: JSON.parse((event as MessageEvent<string>).data) } as LiveEvent;
        for (const listener of this.#listeners) listener(live);
      });
    }
  }

  get connected(): boolean {
    return this.#source.readyState === EventSource.OPEN;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(tell: (connected: boolean) => void): () => void {
    this.#states.add(tell);
    return () => this.#states.delete(tell);
  }
}

let shared: Live | undefined;

export function live(): Live {
  shared ??= new Live();
  return shared;
}

export function useConnected(): boolean {
  const [connected, setConnected] = useState(() => live().connected);
  useEffect(() => live().watch(setConnected), []);
  return connected;
}
