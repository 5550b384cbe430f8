import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { Conversation } from '../contract.ts';
import { button, fakeService, leave, press, show, text } from '../testing.tsx';
import { AnswerSuggestion } from './AnswerSuggestion.tsx';
import { Summary } from './Summary.tsx';

const conversation = { id: 'c', lastMessage: { id: 'm' } } as unknown as Conversation;
const citations = [{ documentId: 'e', title: 'Shipping', quote: 'We ship to Cyprus in four days.' }];

afterEach(leave);

async function suggest(answer: object) {
  const used: string[] = [];
  const { service, calls } = fakeService(() => answer);
  await show(<AnswerSuggestion conversation={conversation} onUse={(each) => used.push(each)} />, { service });
  return { used, calls };
}

it('shows a suggestion with its sources, and hands it over to be written on', async () => {
  const { used, calls } = await suggest({ text: 'Yes, in four days.', citations });
  await press('Suggest an answer');
  expect(text()).toContain('Yes, in four days.');
  expect(document.activeElement).toBe(button('Use'));

  await act(async () => document.querySelector<HTMLElement>('.chip')!.click());
  expect(text()).toContain('We ship to Cyprus in four days.');

  await press('Use');
  expect(used).toEqual(['Yes, in four days.']);
  expect(button('Use')).toBeUndefined();
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/conversations/c/suggest_answer']);
});

it('is asked by a key, and dismissed', async () => {
  const { used } = await suggest({ text: 'Yes.' });
  await act(async () => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'd', bubbles: true })));
  expect(text()).toContain('Yes.');

  await press('Dismiss');
  expect(text()).not.toContain('Yes.');
  expect(document.activeElement).toBe(button('Suggest an answer'));
  expect(used).toEqual([]);
});

it('says where there is nothing to suggest', async () => {
  await suggest({});
  await press('Suggest an answer');
  expect(text()).toContain('The assistant has nothing to suggest.');
  expect(button('Use')).toBeUndefined();
});

it('sums up on demand, and says whose words they are', async () => {
  const { service } = fakeService(() => ({ summary: 'customer: A present for a kitchen.', messages: 3, model: 'offline' }));
  await show(<Summary conversationId="c" />, { service });
  await press('Sum up the conversation');
  expect(text()).toContain('A present for a kitchen.');
  expect(text()).toContain('Of 3 messages, in their own words');
});
