import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { leave, show } from '../testing.tsx';
import { Chart } from './Chart.tsx';

afterEach(leave);

const day = 86_400_000;
const buckets = [0, 1, 2, 3].map((index) => Date.UTC(2026, 10, 20) + index * day);
const chart = () => document.querySelector<HTMLElement>('[role="slider"]')!;
const press = (key: string) => act(async () => void chart().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

async function drawn() {
  const onOpen = vi.fn();
  const series = [
    { key: 'web', values: [4, 0, 2, 1] },
    { key: 'telegram', values: [1, 0, 3, 0] },
  ];
  await show(<Chart bucket="day" buckets={buckets} onOpen={onOpen} series={series} title="Conversations" to={() => new URLSearchParams()} />, {});
  return onOpen;
}

it('is read bucket by bucket, and a bucket opens, without a pointer', async () => {
  const onOpen = await drawn();
  expect(chart().getAttribute('aria-valuenow')).toBe('3');
  await press('ArrowLeft');
  expect(chart().getAttribute('aria-valuetext')).toMatch(/22.*, Web 2, Telegram 3$/);
  expect(document.querySelector('.legend')!.textContent).toContain('Telegram3');
  await press('Enter');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(buckets[2]);
});

it('stays within its buckets and opens nothing where nothing was', async () => {
  const onOpen = await drawn();
  await press('ArrowRight');
  expect(chart().getAttribute('aria-valuenow')).toBe('3');
  await press('Home');
  await press('ArrowLeft');
  expect(chart().getAttribute('aria-valuenow')).toBe('0');
  await press('ArrowRight');
  await press('Enter');
  expect(onOpen).not.toHaveBeenCalled();
});
