import type { Conversation, Message, Problem, Session } from '../../shared/contract.ts';
import { load, remove, save } from '../../shared/storage.ts';

const sessionKey = 'assistify.session';
const requestTimeoutMs = 15_000;

/** An answer other than the expected one; status 0 is no answer at all. */
export class ServiceError extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Problem, retryAfterMs?: number) {
    const field = problem.errors && Object.values(problem.errors)[0]?.[0];
    super(field ?? problem.detail ?? problem.title ?? 'The service did not answer.');
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export async function call(path: string, init: RequestInit = {}, timeoutMs = requestTimeoutMs): Promise<Response> {
  // The browser knows that nothing would arrive; asking anyway only fills its console.
  if (!navigator.onLine) throw new ServiceError(0, {});
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal: init.signal ?? AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new ServiceError(0, {});
  }
  if (response.ok) return response;
  const seconds = Number(response.headers.get('Retry-After'));
  const problem = (await response.json().catch(() => ({}))) as Problem;
  throw new ServiceError(response.status, problem, seconds > 0 ? seconds * 1000 : undefined);
}

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

export function forgetSession(): void {
  remove(sessionKey);
}

async function requestSession(resuming: Session | undefined): Promise<Session> {
  const response = await call('/api/chat/sessions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(resuming && bearer(resuming)) },
    body: JSON.stringify({ workspaceKey: 'demo', visitorId: resuming?.visitorId, locale: navigator.language }),
  });
  const session = (await response.json()) as Session;
  save(sessionKey, session);
  return session;
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

export async function fetchConversation(session: Session, conversationId: string): Promise<Conversation> {
  const response = await call(`/api/conversations/${conversationId}`, { headers: bearer(session) });
  return (await response.json()) as Conversation;
}
