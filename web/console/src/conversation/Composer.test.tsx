import { act, createRef } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { Conversation } from '../contract.ts';
import { button, leave, press, show, text } from '../testing.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import type { Thread } from './thread.ts';

const hour = 3_600_000;
const from = (ms: number) => new Date(Date.now() + ms).toISOString();

function compose(change: Partial<Conversation>, handle = createRef<ComposerHandle>()) {
  const conversation = { id: 'c', channel: 'whatsapp', status: 'open', turn: 'agent', customer: { id: 'k', identifiers: [] }, labels: [], ...change } as unknown as Conversation;
  return show(<Composer conversation={conversation} handle={handle} onTyping={() => undefined} thread={{} as Thread} />, { service: {}, team: {} });
}

afterEach(leave);

it('offers a template once the window is over, where the messenger has templates', async () => {
  await compose({ windowExpiresAt: from(-hour) });
  await press('Send a template');
  expect(document.querySelector('dialog')!.textContent).toContain('How it reads');
  leave();

  await compose({ windowExpiresAt: from(hour) });
  expect(button('Send a template')).toBeUndefined();
  leave();

  await compose({ channel: 'instagram', windowExpiresAt: from(-hour) });
  expect(button('Send a template')).toBeUndefined();
});

it('takes only notes while the customer wants no messages', async () => {
  await compose({ optedOutAt: from(-hour), windowExpiresAt: from(-hour) });
  expect(text()).toContain('Only a note can be left');
  expect(button('Send')).toBeUndefined();
  expect(button('Send a template')).toBeUndefined();
  expect(button('Add note')).toBeDefined();
});

it('takes a suggestion behind what is written, and a note stays a note', async () => {
  const handle = createRef<ComposerHandle>();
  await compose({ id: 'suggested' }, handle);
  const field = () => document.querySelector('textarea')!;
  await act(async () => handle.current!.use('We are open on Sunday.'));
  expect(field().value).toBe('We are open on Sunday.');
  await act(async () => handle.current!.use('Until three.'));
  expect(field().value).toBe('We are open on Sunday.\n\nUntil three.');
  expect(button('Send')).toBeDefined();

  await act(async () => handle.current!.write(true));
  await act(async () => handle.current!.use('And on Monday?'));
  expect(button('Add note')).toBeDefined();
});
