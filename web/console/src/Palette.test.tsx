import { act, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { matching, useCommands, useSearch, type Command } from './commands.ts';
import { Palette } from './Palette.tsx';
import { leave, press, show, text } from './testing.tsx';

afterEach(() => {
  vi.useRealTimers();
  leave();
});

let done: string[] = [];
const command = (group: Command['group'], name: string): Command => ({ id: name, group, name, run: () => done.push(name) });

function Page({ search }: { search: (query: string) => Promise<readonly Command[]> }) {
  const [open, setOpen] = useState(false);
  useCommands((query) => matching([command('This conversation', 'Hand back'), command('Settings', 'Templates')], query));
  useSearch(search);
  return open ? (
    <Palette onClose={() => setOpen(false)} />
  ) : (
    <button onClick={() => setOpen(true)} type="button">
      Open
    </button>
  );
}

const field = () => document.querySelector<HTMLInputElement>('[role=combobox]')!;
const options = () => [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
const key = (name: string) => act(async () => void field().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })));

async function type(words: string) {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field(), words);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function open(search: (query: string) => Promise<readonly Command[]>) {
  vi.useFakeTimers();
  done = [];
  await show(<Page search={search} />, {});
  await press('Open');
  await act(() => vi.advanceTimersByTimeAsync(0));
}

it('does at once what the words say, never what stood there for other words', async () => {
  await open(() => Promise.resolve([command('Conversations', 'Maria')]));
  expect(options()).toEqual(['Hand back', 'Templates', 'Maria']);
  await type('templ');
  expect(options()).toEqual(['Templates']);
  await key('Enter');
  expect(done).toEqual(['Templates']);
});

it('stays on what was chosen when more is found', async () => {
  const answers: ((commands: Command[]) => void)[] = [];
  await open(() => new Promise((resolve) => answers.push(resolve)));
  await key('ArrowDown');
  await act(async () => answers[0]!([command('Conversations', 'Maria'), command('This conversation', 'Close')]));
  expect(options()).toEqual(['Hand back', 'Close', 'Templates', 'Maria']);
  await key('Enter');
  expect(done).toEqual(['Templates']);
});

it('says that not everything can be searched, and still does what is known', async () => {
  await open(() => Promise.reject(new Error('away')));
  expect(text()).toContain('Not everything can be searched right now.');
  await key('ArrowUp');
  await key('Enter');
  expect(done).toEqual(['Templates']);
});
