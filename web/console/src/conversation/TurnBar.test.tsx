import { afterEach, expect, it } from 'vitest';
import type { Conversation } from '../contract.ts';
import { button, leave, show, text } from '../testing.tsx';
import type { Thread } from './thread.ts';
import { TurnBar } from './TurnBar.tsx';

afterEach(leave);

const conversation = { id: 'c', channel: 'whatsapp', status: 'open', turn: 'assistant', labels: [], customer: { id: 'k', identifiers: [] } } as unknown as Conversation;
const bar = (change: Partial<Conversation>) => show(<TurnBar conversation={{ ...conversation, ...change }} thread={{} as Thread} writes />, { user: { id: 'me' } });

it('says that the assistant answers a customer', async () => {
  await bar({});
  expect(text()).toContain('Assistant is answering');
});

it('never says so of a supplier, whom nobody can hand back', async () => {
  const customer = { ...conversation.customer, supplier: true };
  await bar({ customer });
  expect(text()).not.toContain('Assistant');
  expect(text()).toContain('A supplier: people answer');
  expect(button('Hand back')).toBeUndefined();
  leave();
  await bar({ customer, turn: 'agent', assignee: { id: 'me', name: 'Eve' } });
  expect(text()).toContain('You are answering');
  expect(button('Hand back')).toBeUndefined();
});
