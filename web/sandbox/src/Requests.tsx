import { useSyncExternalStore } from 'react';
import { live, type LiveEvent } from './live.ts';

interface Logged {
  key: number;
  at: Date;
  event: LiveEvent;
}

const kept = 200;
const words = {
  inbound: 'Webhook to Assistify',
  outbound: 'Message from Assistify',
  status: 'Status callback to Assistify',
};

/** What went over the wire since the page was opened, also while another part of the page is shown. */
class RequestLog {
  #entries: readonly Logged[] = [];
  #listeners = new Set<() => void>();
  #next = 0;

  constructor() {
    live().listen((event) => {
      this.#entries = [{ key: this.#next++, at: new Date(), event }, ...this.#entries].slice(0, kept);
      for (const listener of this.#listeners) listener();
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  entries = (): readonly Logged[] => this.#entries;
}

let log: RequestLog | undefined;

export function Requests() {
  log ??= new RequestLog();
  const entries = useSyncExternalStore(log.subscribe, log.entries);
  if (entries.length === 0) return <p className="meta">Send a message from the phone: what goes over the wire appears here.</p>;
  return (
    <ol className="requests">
      {entries.map(({ key, at, event }) => (
        <li key={key}>
          <details>
            <summary>
              <span className={`way way-${event.kind}`}>{words[event.kind]}</span>
              <span className="meta">
                {event.kind === 'inbound' ? `answered ${event.data.status || 'nothing'}` : event.data.status}
              </span>
              <time className="meta" dateTime={at.toISOString()}>
                {at.toLocaleTimeString()}
              </time>
            </summary>
            <pre tabIndex={0}>{JSON.stringify(event.data, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ol>
  );
}
