import { useCallback, useEffect, useState } from 'react';
import { load, remove, save } from '../../shared/storage.ts';
import { live } from './live.ts';
import type { Person } from './people.ts';
import { getOutbox, postInbound, type OutboxItem, type Sent } from './service.ts';

/** What this phone sent. The sandbox keeps the shop's messages only, so the page keeps these. */
export interface OwnMessage {
  key: string;
  sid?: string;
  at: string;
  text: string;
  picture?: string;
  place?: string;
  tapped?: boolean;
  /** Absent while it is on its way; 0 where nothing answered. */
  status?: number;
  error?: string;
  /** The provider goes on trying. */
  repeats?: boolean;
  /** Something other than a message: what it was. */
  deed?: string;
  /** Kept to send it again. */
  sent?: Sent;
}

export type Bubble =
  | { mine: true; key: string; at: string; message: OwnMessage }
  | { mine: false; key: string; at: string; message: OutboxItem };

const kept = 200;

export function useThread(channel: string, person: Person) {
  const { address } = person;
  const store = `assistify.sandbox.${channel}.${address}`;
  const [own, setOwn] = useState<OwnMessage[]>(() => load<OwnMessage[]>(store) ?? []);
  const [shop, setShop] = useState<OutboxItem[]>([]);
  const [problem, setProblem] = useState<string>();

  const change = useCallback(
    (next: (before: OwnMessage[]) => OwnMessage[]) =>
      setOwn((before) => {
        const after = next(before).slice(-kept);
        save(store, after);
        return after;
      }),
    [store],
  );

  useEffect(() => {
    let gone = false;
    const past = async () => {
      try {
        const items = await getOutbox(channel, address);
        if (gone) return;
        setProblem(undefined);
        setShop((before) => merge(items, before));
      } catch (error) {
        if (!gone) setProblem((error as Error).message);
      }
    };
    void past();
    const unwatch = live().watch((connected) => {
      if (connected) void past();
    });
    const unlisten = live().listen(({ kind, data }) => {
      if (data.channel !== channel) return;
      if (kind === 'outbound' && data.to === address) setShop((before) => merge(before, [data]));
      if (kind === 'status' && data.to === address) {
        setShop((before) => before.map((item) => (item.sid === data.sid ? { ...item, status: data.status } : item)));
      }
      if (kind === 'inbound' && data.from === address) {
        // Sent by a program, or by another tab.
        change((before) =>
          before.some((message) => message.sid === data.sid || message.status === undefined)
            ? before
            : [...before, { key: data.sid, sid: data.sid, at: new Date().toISOString(), text: data.body ?? '', status: data.status }],
        );
      }
    });
    return () => {
      gone = true;
      unwatch();
      unlisten();
    };
  }, [channel, address, change]);

  const deliver = useCallback(
    async (message: OwnMessage, sent: Sent) => {
      let outcome: Partial<OwnMessage>;
      try {
        const result = await postInbound(channel, sent);
        outcome = { sid: result.messageSid, status: result.status, error: result.error, repeats: result.repeats };
        // What failed is kept whole, so that it can be sent again.
        if (!result.repeats && (result.status < 200 || result.status > 299)) outcome.sent = { ...sent, media: undefined };
      } catch (error) {
        outcome = { status: 0, error: (error as Error).message, sent: { ...sent, media: undefined } };
      }
      change((before) =>
        before
          .filter((other) => other.key === message.key || !outcome.sid || other.sid !== outcome.sid)
          .map((other) => (other.key === message.key ? { ...other, ...outcome } : other)),
      );
    },
    [channel, change],
  );

  const send = useCallback(
    (content: Omit<Sent, 'from' | 'profileName'>, shown: Partial<OwnMessage> = {}) => {
      const message: OwnMessage = {
        key: crypto.randomUUID(),
        at: new Date().toISOString(),
        text: content.text ?? content.button?.text ?? '',
        ...shown,
      };
      change((before) => [...before, message]);
      void deliver(message, { from: address, profileName: person.name, ...content });
    },
    [change, deliver, address, person.name],
  );

  const sendAgain = useCallback(
    (message: OwnMessage) => {
      const { sent } = message;
      if (!sent) return;
      change((before) =>
        before.map((other) => (other.key === message.key ? { ...other, status: undefined, error: undefined } : other)),
      );
      void deliver(message, sent);
    },
    [change, deliver],
  );

  const clear = useCallback(() => {
    remove(store);
    setOwn([]);
    setShop([]);
  }, [store]);

  const bubbles: Bubble[] = [
    ...own.map((message): Bubble => ({ mine: true, key: message.key, at: message.at, message })),
    ...shop.map((message): Bubble => ({ mine: false, key: message.sid, at: message.createdAt, message })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

  return { bubbles, problem, send, sendAgain, clear };
}

function merge(before: OutboxItem[], after: OutboxItem[]): OutboxItem[] {
  const items = new Map(before.map((item) => [item.sid, item]));
  for (const item of after) items.set(item.sid, item);
  return [...items.values()].sort((a, b) => a.ordinal - b.ordinal);
}
