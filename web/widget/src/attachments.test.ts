import { beforeEach, expect, it, vi } from 'vitest';
import type { Chat } from '../../shared/visitor/chat.ts';
import { Attachments } from './attachments.ts';
import { wordsFor } from './words.ts';

let finish: ((sent: { id: string; name: string }) => void) | undefined;
let fail: ((reason: Error) => void) | undefined;
let progress: (part: number) => void;
let files: Attachments;
let changes = 0;

beforeEach(() => {
  const chat = {
    upload: (_: File, told: (part: number) => void) => {
      progress = told;
      return new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));
    },
  } as unknown as Chat;
  files = new Attachments(chat, () => changes++);
  files.speak(wordsFor(['en']).words);
});

it('goes with the message once it is stored, and shows how far it is until then', async () => {
  files.add([new File(['x'], 'vase.png')]);
  expect([files.any, files.ready, files.list.hidden]).toEqual([true, false, false]);
  progress(0.5);
  expect(files.list.querySelector('progress')?.value).toBe(0.5);

  finish!({ id: '1', name: 'vase.png' });
  await vi.waitFor(() => expect(files.ready).toBe(true), { timeout: 30_000 });
  expect(files.list.querySelector('progress')).toBeNull();
  expect(files.take()).toEqual([{ id: '1', name: 'vase.png' }]);
  expect([files.any, files.list.hidden]).toEqual([false, true]);
  expect(files.take()).toBeUndefined();
});

it('says what was not attached, and does not hold up the message for it', async () => {
  files.add([new File(['x'], 'vase.png')]);
  fail!(new Error());
  await vi.waitFor(() => expect(files.list.querySelector('[role=alert]')?.textContent).toContain('vase.png was not attached'), { timeout: 30_000 });
  expect([files.any, files.ready]).toEqual([false, true]);

  files.add([{ name: 'film.mp4', size: 26 * 1024 * 1024 } as File]);
  expect(files.list.textContent).toContain('film.mp4 is larger than 25 MB.');
  expect(files.any).toBe(false);
});

it('leaves out what was removed, although its upload ends later', async () => {
  files.add([new File(['x'], 'vase.png')]);
  files.list.querySelector('button')!.click();
  const before = changes;
  finish!({ id: '1', name: 'vase.png' });
  await Promise.resolve();
  expect(files.take()).toBeUndefined();
  expect(changes).toBeGreaterThanOrEqual(before);
});
