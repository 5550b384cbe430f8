import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { leave, press, show, text } from '../testing.tsx';
import { PreChatForm } from './PreChatForm.tsx';

afterEach(leave);

async function choose(name: string, value: string) {
  const field = document.querySelector<HTMLSelectElement>(`[name="${name}"]`)!;
  await act(async () => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

it('says what is asked, and saves what is chosen', async () => {
  const saved: object[] = [];
  await show(<PreChatForm onSave={async (part) => void saved.push(part)} preChat={{ name: 'required' }} />, {});
  expect(text()).toContain('NameNeeded to begin');
  await press('Change questions');
  await choose('email', 'optional');
  await press('Save');
  expect(saved.pop()).toEqual({ preChat: { name: 'required', email: 'optional', message: undefined } });

  await press('Change questions');
  await choose('name', '');
  await press('Save');
  expect(saved.pop()).toEqual({ preChat: null });
});

it('does not ask for a first message alone', async () => {
  const saved: object[] = [];
  await show(<PreChatForm onSave={async (part) => void saved.push(part)} preChat={undefined} />, {});
  expect(text()).toContain('Visitors write at once.');
  await press('Change questions');
  await choose('message', 'required');
  await press('Save');
  expect(text()).toContain('a first message alone needs no form');
  expect(saved).toEqual([]);
});
