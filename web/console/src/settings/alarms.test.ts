import { expect, it } from 'vitest';
import { alarmWords, isGrave } from './alarms.ts';

const since = '2026-11-21T15:00:00Z';

it('says what is wrong with a connection and what helps', () => {
  expect(alarmWords({ kind: 'credentials', detail: 'Token revoked', since })).toBe(
    'The provider refuses the credentials: Token revoked. Nothing can be sent until there are new ones.',
  );
  expect(alarmWords({ kind: 'credentials_expire', detail: '2026-12-01T12:00:00Z', since })).toMatch(/^The credentials end on .*2026.*\. Get new ones/);
  expect(alarmWords({ kind: 'callback_gone', detail: 'The callback address answered 410.', since })).toMatch(/^The callback address answered 410\. Nothing is sent/);
  expect(alarmWords({ kind: 'silent', since })).toBe('Unusually quiet. Check the webhook at the provider.');
  expect(alarmWords({ kind: 'quota_reached', since })).toBe('quota reached.');
});

it('tells what stops messages from what may', () => {
  expect(['credentials', 'callback_gone', 'silent', 'credentials_expire'].filter((kind) => isGrave({ kind, since }))).toEqual(['credentials', 'callback_gone']);
});
