import { call, ServiceError } from '../../../shared/http.ts';
import { load, remove, save } from '../../../shared/storage.ts';
import type { Role, User } from '../contract.ts';
import { Store } from '../store.ts';

interface Login {
  accessToken: string;
  expiresAt: string;
  user: User;
}

export interface SessionView {
  state: 'starting' | 'signedOut' | 'signedIn' | 'away';
  user: User | undefined;
  /** Why the person has to sign in again. */
  reason: string | undefined;
}

const knownKey = 'assistify.console.known';
const marginMs = 60_000;
const retryMs = 5_000;
const ranks: Role[] = ['viewer', 'agent', 'admin', 'owner'];

/**
 * Who works here. The access token lives in memory only; the refresh token in a cookie that no script sees. The token is
 * renewed a minute before its end, and at once when the page wakes up after that.
 */
export class Session extends Store<SessionView> {
  #state: SessionView['state'] = 'starting';
  #login: Login | undefined;
  #reason: string | undefined;
  #renewing: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get token(): string {
    return this.#login?.accessToken ?? '';
  }

  get user(): User | undefined {
    return this.#login?.user;
  }

  /** May do what at least this role may do. */
  may(role: Role): boolean {
    return this.#login !== undefined && ranks.indexOf(this.#login.user.role) >= ranks.indexOf(role);
  }

  start(): void {
    addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    addEventListener('storage', ({ key, newValue }) => {
      // Signed out in another tab.
      if (key === knownKey && newValue === null && this.#login) this.#end(undefined);
    });
    // Whoever never signed in here has no cookie to ask with.
    if (load<boolean>(knownKey)) void this.renew();
    else this.#end(undefined);
  }

  /** @param code Of the person's authenticator, where the service asks for it. */
  async signIn(email: string, password: string, code?: string): Promise<void> {
    const response = await call('/api/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, code }),
    });
    this.#begin((await response.json()) as Login);
  }

  async signOut(): Promise<void> {
    await call('/api/auth/logout', { method: 'POST' });
    this.#end(undefined);
  }

  /** Also every other browser; their tokens are good for 10 minutes at most. */
  async signOutEverywhere(): Promise<void> {
    await call('/api/auth/logout_everywhere', { method: 'POST', headers: { Authorization: `Bearer ${this.token}` } });
    this.#end(undefined);
  }

  /** @returns Whether there is a good token now; several callers share one renewal. */
  renew(): Promise<boolean> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renew(): Promise<boolean> {
    clearTimeout(this.#timer);
    try {
      const response = await call('/api/auth/refresh', { method: 'POST' });
      this.#begin((await response.json()) as Login);
      return true;
    } catch (error) {
      if (error instanceof ServiceError && error.status === 401) {
        this.#end('Your session has ended. Sign in to go on; what you wrote is kept on this device.');
        return false;
      }
      if (this.#state === 'starting') this.#state = 'away';
      const wait = error instanceof ServiceError ? error.retryAfterMs : undefined;
      this.#timer = setTimeout(() => void this.renew(), wait ?? retryMs);
      this.show();
      return false;
    }
  }

  #begin(login: Login): void {
    this.#login = login;
    this.#state = 'signedIn';
    this.#reason = undefined;
    save(knownKey, true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.renew(), Math.max(retryMs, this.#leftMs() - marginMs));
    this.show();
  }

  #end(reason: string | undefined): void {
    clearTimeout(this.#timer);
    this.#login = undefined;
    this.#state = 'signedOut';
    this.#reason = reason;
    if (load<boolean>(knownKey) !== undefined) remove(knownKey);
    this.show();
  }

  #wake = (): void => {
    if (document.visibilityState === 'hidden' || this.#state === 'signedOut') return;
    if (this.#state === 'away' || this.#leftMs() < marginMs) void this.renew();
  };

  #leftMs(): number {
    return this.#login ? Date.parse(this.#login.expiresAt) - Date.now() : 0;
  }

  protected look(): SessionView {
    return { state: this.#state, user: this.#login?.user, reason: this.#reason };
  }
}
