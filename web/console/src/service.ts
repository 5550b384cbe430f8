import { call, ServiceError } from '../../shared/http.ts';
import type { Session } from './session/session.ts';
import { sendForm } from './upload.ts';

type Query = Record<string, string | number | undefined>;

/** The operator's calls. A token that is no longer good is renewed once, and the call repeated. */
export class Service {
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.#read<T>(withQuery(path, query), {});
  }

  /** @param init Such as `keepalive`, for what has to arrive although the page is being left. */
  post<T>(path: string, content?: unknown, init: RequestInit = {}): Promise<T> {
    return this.#read<T>(path, { ...written('POST', content), ...init });
  }

  put<T>(path: string, content: unknown): Promise<T> {
    return this.#read<T>(path, written('PUT', content));
  }

  patch<T>(path: string, content: unknown): Promise<T> {
    return this.#read<T>(path, written('PATCH', content));
  }

  async remove(path: string): Promise<void> {
    await this.#call(path, { method: 'DELETE' });
  }

  async upload<T>(path: string, file: File): Promise<T> {
    const body = new FormData();
    body.append('file', file);
    return this.#read<T>(path, { method: 'POST', body, signal: AbortSignal.timeout(120_000) });
  }

  /** @param onProgress Told how much of it is with the service, from 0 to 1. */
  sendForm<T>(method: 'POST' | 'PUT', path: string, form: FormData, onProgress: (part: number) => void): Promise<T> {
    return this.#authorized((token) => sendForm<T>(method, path, form, token, onProgress));
  }

  /** The same figures as a table for other programs. */
  async csv(path: string, query: Query): Promise<Blob> {
    return (await this.#call(withQuery(path, query), { headers: { Accept: 'text/csv' } })).blob();
  }

  async #read<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.#call(path, init);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  #call(path: string, init: RequestInit): Promise<Response> {
    return this.#authorized((token) => call(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }));
  }

  async #authorized<T>(send: (token: string) => Promise<T>): Promise<T> {
    try {
      return await send(this.#session.token);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 401 || !(await this.#session.renew())) throw error;
      return await send(this.#session.token);
    }
  }
}

function written(method: string, content: unknown): RequestInit {
  return content === undefined
    ? { method }
    : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) };
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '');
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** What happened and what to do, in a sentence or two. */
export function sentence(error: unknown): string {
  if (!(error instanceof ServiceError)) return 'Something went wrong on this page. Reload it and try again.';
  if (error.status === 0) return 'The service cannot be reached. Check the connection and try again.';
  if (error.status === 403) return `Your role does not allow this. ${error.message}`;
  if (error.status === 404) return 'This is not there any more. Somebody may have removed it.';
  if (error.status === 429 || error.status === 423) {
    const seconds = error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1000);
    return `There were too many attempts. Try again ${seconds === undefined ? 'in a minute' : seconds > 90 ? `in ${Math.ceil(seconds / 60)} minutes` : `in ${seconds} s`}.`;
  }
  if (error.status >= 500) return 'The service is busy or restarting. Nothing was changed; try again in a moment.';
  return error.message;
}
