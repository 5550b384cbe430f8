import { expect, it, vi } from 'vitest';
import { Rating } from './rating.ts';
import { wordsFor } from './words.ts';

const { words } = wordsFor(['en']);

it('asks once a conversation is over, thanks, and asks again after the next one', async () => {
  const given: number[] = [];
  const rating = new Rating(async (score) => void given.push(score), words);
  rating.show(false);
  expect(rating.element.hidden).toBe(true);
  rating.show(true);
  expect(rating.element.hidden).toBe(false);

  rating.element.querySelector<HTMLButtonElement>('[aria-label="4 of 5"]')!.click();
  await vi.waitFor(() => expect(rating.element.textContent).toContain(words.rated), { timeout: 30_000 });
  rating.show(false);
  expect(given).toEqual([4]);
  expect(rating.element.hidden).toBe(false);

  rating.show(true);
  expect(rating.element.querySelector('[role=status]')!.textContent).toBe('');
});

it('says that it was not sent, and can be tried again', async () => {
  const rating = new Rating(() => Promise.reject(new Error()), words);
  rating.show(true);
  rating.element.querySelector('button')!.click();
  await vi.waitFor(() => expect(rating.element.textContent).toContain(words.notRated), { timeout: 30_000 });
  expect(rating.element.hidden).toBe(false);
});
