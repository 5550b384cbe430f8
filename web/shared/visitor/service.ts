import type { Conversation, Message, Problem, Session } from '../contract.ts';
import { call, ServiceError, services } from '../http.ts';
import { load, remove, save } from '../storage.ts';

const sessionKey = 'assistify.session';

/** The shop's own server vouches for its user; see the contract's sessions. */
export interface Identity {
  userId: string;
  hash: string;
  expires: number;
}

/** Whose customer the visitor is, and what is known about him. */
export const visitor: { workspaceKey: string; name?: string; email?: string; locale?: string; identify?: Identity } = { workspaceKey: 'demo' };

/** How far the server's clock is ahead of this device's, which may be wrong. */
export const serverClock = { aheadMs: 0, now: (): number => Date.now() + serverClock.aheadMs };

export function bearer(session: Session): Record<string, string> {
  return { Authorization: `Bearer ${session.token}` };
}

/** Opens the visitor's conversation again, or a first one where this device holds no valid token. */
export async function openSession(): Promise<Session> {
  const known = load<Session>(sessionKey);
  const resuming = known && new Date(known.expiresAt) > new Date() ? known : undefined;
  try {
    return await requestSession(resuming);
  } catch (error) {
    const refused = error instanceof ServiceError && !error.passing;
    if (!resuming || !refused) throw error;
    // The token is of another instance or was withdrawn: without it the visitor is a new customer.
    forgetSession();
    return await requestSession(undefined);
  }
}

/** Whether this device has talked to the shop before. */
export function hasSession(): boolean {
  return load<Session>(sessionKey) !== undefined;
}

export function forgetSession(): void {
  remove(sessionKey);
}

async function requestSession(resuming: Session | undefined): Promise<Session> {
  const asked = Date.now();
  const response = await call('/api/chat/sessions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(resuming && bearer(resuming)) },
    body: JSON.stringify({ locale: navigator.language, ...visitor, visitorId: resuming?.visitorId }),
  });
  const session = (await response.json()) as Session;
  // The answer was written about half-way between asking and now.
  if (session.now) serverClock.aheadMs = Date.parse(session.now) - (asked + Date.now()) / 2;
  save(sessionKey, session);
  return session;
}

/** Stores a file to be sent with a message. `fetch` cannot tell how far an upload is. */
export function uploadFile(session: Session, file: File, progress: (part: number) => void): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.open('POST', `${services.origin}/api/media`);
    request.setRequestHeader('Authorization', bearer(session).Authorization!);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as { id: string });
      else reject(new ServiceError(request.status, (request.response ?? {}) as Problem));
    };
    request.onerror = () => reject(new ServiceError(0, {}));
    request.send(body);
  });
}

/** All stored messages after a sequence, page by page. */
export async function fetchMessages(session: Session, conversationId: string, after: number): Promise<Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const query = new URLSearchParams({ conversationId, after: String(after), limit: '200' });
    const response = await call(`/api/messages/get_conversation_messages?${query}`, { headers: bearer(session) });
    const page = (await response.json()) as { items: Message[]; next?: unknown };
    messages.push(...page.items);
    const last = page.items.at(-1);
    if (!last || page.next === undefined || page.next === null) return messages;
    after = last.sequence;
  }
}

/** How well the visitor was helped, from 1 to 5. */
export async function rateConversation(session: Session, conversationId: string, score: number): Promise<void> {
  await call(`/api/conversations/${conversationId}/satisfaction`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...bearer(session) },
    body: JSON.stringify({ score }),
  });
}

/** The visitor has seen the messages up to this one. */
export async function markRead(session: Session, conversationId: string, sequence: number): Promise<void> {
  await call(`/api/conversations/${conversationId}/read`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...bearer(session) },
    body: JSON.stringify({ sequence }),
  });
}

export async function fetchConversation(session: Session, conversationId: string): Promise<Conversation> {
  const response = await call(`/api/conversations/${conversationId}`, { headers: bearer(session) });
  return (await response.json()) as Conversation;
}
