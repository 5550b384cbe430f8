import { useState, type FormEvent } from 'react';
import { ServiceError } from '../../../shared/http.ts';
import { sentence } from '../service.ts';
import { useStore } from '../store.ts';
import type { Session } from './session.ts';

const codeNeeded = 'urn:assistify:problem:code-needed';

export function SignIn({ session }: { session: Session }) {
  const { reason } = useStore(session);
  const [problem, setProblem] = useState<string>();
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code') ?? '').trim();
    setBusy(true);
    setProblem(undefined);
    try {
      await session.signIn(String(form.get('email')), String(form.get('password')), code || undefined);
    } catch (error) {
      setBusy(false);
      if (error instanceof ServiceError && error.type === codeNeeded) {
        setAsksCode(true);
        setProblem(code ? 'The code is wrong or over. Enter the one that the authenticator shows now.' : undefined);
        return;
      }
      setProblem(
        error instanceof ServiceError && error.status === 401
          ? 'E-mail or password is wrong. Check both; an admin can set a new password under Settings.'
          : sentence(error),
      );
    }
  }

  return (
    <main className="alone">
      <form aria-labelledby="sign-in" className="sign-in" onSubmit={submit}>
        <img alt="" height="36" src="/console/icon.svg" width="36" />
        <h1 id="sign-in">Sign in to Assistify</h1>
        {reason && <p role="status">{reason}</p>}
        <label className="form-field">
          <span>E-mail</span>
          {/* Not type=email: the first owner may be owner@localhost, which some browsers do not take. */}
          <input autoCapitalize="none" autoComplete="username" autoFocus className="field" inputMode="email" name="email" required spellCheck={false} />
        </label>
        <label className="form-field">
          <span>Password</span>
          <input autoComplete="current-password" className="field" name="password" required type="password" />
        </label>
        {asksCode && (
          <label className="form-field">
            <span>Code of your authenticator</span>
            <input autoComplete="one-time-code" autoFocus className="field" inputMode="numeric" name="code" required />
          </label>
        )}
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <button className="button primary" disabled={busy} type="submit">
          {busy ? 'Signing in' : 'Sign in'}
        </button>
        <p className="meta">The first owner’s e-mail and password were set or printed when the system was started.</p>
      </form>
    </main>
  );
}
