import type { Problem } from '../../shared/contract.ts';

// The sandbox's own interface for programs; see the external contract, section 7.

export interface Channel {
  channel: string;
  name: string;
  /** The shop's address on it. */
  address: string;
}

/** What a customer does on the phone. */
export interface Sent {
  from: string;
  profileName: string;
  text?: string;
  button?: { text: string; payload?: string };
  location?: { latitude: number; longitude: number; label?: string; address?: string };
  media?: { contentType: string; base64: string }[];
}

/** The answer to the webhook that was made of it; status 0 where there was none. */
export interface SentResult {
  messageSid: string;
  status: number;
  attempts: number;
  error?: string;
}

/** A message of the shop's, as the provider accepted it. */
export interface OutboxItem {
  sid: string;
  to: string;
  from: string;
  body: string;
  mediaUrl: string[];
  status: string;
  createdAt: string;
  ordinal: number;
}

export type Faults = Record<string, number | boolean | string[]>;

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

export async function getOutbox(channel: string, to: string): Promise<OutboxItem[]> {
  const items: OutboxItem[] = [];
  let after: number | undefined;
  do {
    const query = new URLSearchParams({ to, ...(after !== undefined && { after: String(after) }) });
    const page = await call<{ items: OutboxItem[]; next?: number }>(`${channel}/outbox?${query}`);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && after !== null);
  return items;
}
