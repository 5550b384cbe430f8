import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Session } from './session.ts';

const minute = 60_000;
let answers: (() => Response)[];
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  answers = [];
  asked = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return answers.shift()!();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const login = (token: string) => () =>
  json(200, { accessToken: token, expiresAt: new Date(Date.now() + 10 * minute).toISOString(), user: { id: 'u', name: 'Ada', role: 'agent' } });

const json = (status: number, content: unknown) => new Response(JSON.stringify(content), { status });

it('asks nobody before the first sign-in on a device', () => {
  const session = new Session();
  session.start();
  expect(session.view().state).toBe('signedOut');
  expect(asked).toEqual([]);
});

it('renews a minute before the token ends, and again after that', async () => {
  const session = new Session();
  answers = [login('one'), login('two'), login('three')];
  await session.signIn('ada@example.com', 'long enough 12');
  expect(session.token).toBe('one');

  await vi.advanceTimersByTimeAsync(8.9 * minute);
  expect(session.token).toBe('one');
  await vi.advanceTimersByTimeAsync(0.2 * minute);
  expect(session.token).toBe('two');
  await vi.advanceTimersByTimeAsync(9.1 * minute);
  expect(session.token).toBe('three');
});

it('shares one renewal among all who ask', async () => {
  const session = new Session();
  answers = [login('one'), login('two')];
  await session.signIn('ada@example.com', 'long enough 12');
  expect(await Promise.all([session.renew(), session.renew(), session.renew()])).toEqual([true, true, true]);
  expect(asked).toEqual(['/api/auth/login', '/api/auth/refresh']);
});

it('goes on trying while nothing answers, and asks to sign in only when it is told to', async () => {
  localStorage.setItem('assistify.console.known', 'true');
  const session = new Session();
  answers = [() => json(503, {}), login('one'), () => json(401, {})];
  session.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(session.view().state).toBe('away');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(session.view().state).toBe('signedIn');

  await vi.advanceTimersByTimeAsync(9.5 * minute);
  expect(session.view().state).toBe('signedOut');
  expect(session.view().reason).toContain('Sign in');
});

it('sends the code of a second factor, and passes on that one is needed', async () => {
  const session = new Session();
  answers = [() => json(401, { type: 'urn:assistify:problem:code-needed' }), login('one')];
  await expect(session.signIn('ada@example.com', 'long enough 12')).rejects.toMatchObject({ status: 401, type: 'urn:assistify:problem:code-needed' });
  await session.signIn('ada@example.com', 'long enough 12', '123456');
  expect(session.view().state).toBe('signedIn');
});

it('knows what a role may do', async () => {
  const session = new Session();
  answers = [login('one')];
  expect(session.may('viewer')).toBe(false);
  await session.signIn('ada@example.com', 'long enough 12');
  expect([session.may('viewer'), session.may('agent'), session.may('admin')]).toEqual([true, true, false]);
});
