import type { Problem } from './contract.ts';

/** Where the services are: the page's own origin, unless a script on another site's page says otherwise. */
export const services = { origin: '' };

const requestTimeoutMs = 15_000;

/** An answer other than the expected one; status 0 is no answer at all. */
export class ServiceError extends Error {
  readonly status: number;
  /** What kind of problem it is, where the status does not say. */
  readonly type: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the service said, with what belongs to this kind of problem alone. */
  readonly problem: Problem;

  constructor(status: number, problem: Problem, retryAfterMs?: number) {
    const field = problem.errors && Object.values(problem.errors)[0]?.[0];
    super(field ?? problem.detail ?? problem.title ?? 'The service did not answer.');
    this.status = status;
    this.problem = problem;
    this.type = problem.type;
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
    response = await fetch(services.origin + path, { ...init, signal: init.signal ?? AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new ServiceError(0, {});
  }
  if (response.ok) return response;
  const seconds = Number(response.headers.get('Retry-After'));
  const problem = (await response.json().catch(() => ({}))) as Problem;
  throw new ServiceError(response.status, problem, seconds > 0 ? seconds * 1000 : undefined);
}
