import type { Problem } from '../../shared/contract.ts';
import type { Person } from './people.ts';

// The sandbox's own interface for programs; see the external contract, section 7.

export interface Channel {
  channel: string;
  name: string;
  /** The shop's address on it. */
  address: string;
  people: Person[];
  /** How an address of a customer looks. */
  addressForm: string;
  /** What customers can do here: the names of the fields of an inbound request. */
  abilities: string[];
  /** What the provider tells besides messages. */
  events: string[];
  longestText: number;
  knownSteps: string[];
  hasHandshake: boolean;
}

/** What a customer can tap in a message of the shop's. */
export interface Choice {
  title: string;
  payload?: string;
  kind: string;
  description?: string;
  url?: string;
}

/** What a customer does on the phone. */
export interface Sent {
  from: string;
  profileName: string;
  text?: string;
  button?: { text: string; payload?: string; kind?: string; sid?: string };
  location?: { latitude: number; longitude: number; label?: string; address?: string };
  media?: { contentType: string; base64: string }[];
  replyTo?: string;
  reaction?: { sid: string; emoji?: string };
  delete?: string;
  event?: string;
}

/** The answer to the webhook that was made of it; status 0 where there was none. */
export interface SentResult {
  messageSid: string;
  status: number;
  attempts: number;
  error?: string;
  /** The provider goes on trying. */
  repeats?: boolean;
}

/** A message of the shop's, as the provider accepted it. */
export interface OutboxItem {
  channel: string;
  sid: string;
  to: string;
  from: string;
  body: string;
  mediaUrl: string[];
  status: string;
  createdAt: string;
  ordinal: number;
  choices: Choice[];
}

/** A request with its answer, as they went over the wire. */
export interface Exchange {
  number: number;
  channel: string;
  direction: 'webhook' | 'call';
  title: string;
  messageSid?: string;
  at: string;
  milliseconds: number;
  request: string;
  status: number;
  answer: string;
  note?: string;
}

export type Faults = Record<string, number | boolean | string[] | null>;

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/sandbox/api/${path}`, init);
  } catch {
    throw new Error('The sandbox cannot be reached.');
  }
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const field = problem.errors && Object.values(problem.errors)[0]?.[0];
  throw new Error(field ?? problem.detail ?? problem.title ?? `The sandbox answered ${response.status}.`);
}

const withBody = (method: string, content: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(content),
});

export const getChannels = () => call<Channel[]>('channels');

export const getFaults = (channel: string) => call<Faults>(`${channel}/faults`);

export const putFaults = (channel: string, faults: Faults) =>
  call<Faults>(`${channel}/faults`, withBody('PUT', faults));

export const postInbound = (channel: string, sent: Sent) =>
  call<SentResult>(`${channel}/inbound`, withBody('POST', sent));

export const postHandshake = (channel: string) =>
  call<{ passed: boolean; status: number }>(`${channel}/handshake`, withBody('POST', {}));

/** The page before an item is asked for by its number or ordinal, until there is no next one. */
async function all<T>(path: string, query: Record<string, string>): Promise<T[]> {
  const items: T[] = [];
  let after: number | undefined | null;
  do {
    const parameters = new URLSearchParams({ ...query, ...(typeof after === 'number' && { after: String(after) }) });
    const page: { items: T[]; next?: number | null } = await call(`${path}?${parameters}`);
    items.push(...page.items);
    after = page.next;
  } while (typeof after === 'number');
  return items;
}

export const getOutbox = (channel: string, to: string) => all<OutboxItem>(`${channel}/outbox`, { to });

export const getExchanges = (channel: string) => all<Exchange>(`${channel}/exchanges`, {});
