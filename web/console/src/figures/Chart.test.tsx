import { act, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { leave, press as click, show } from '../testing.tsx';
import { Chart } from './Chart.tsx';

afterEach(leave);

const day = 86_400_000;
const buckets = [0, 1, 2, 3].map((index) => Date.UTC(2026, 10, 20) + index * day);
const chart = () => document.querySelector<HTMLElement>('[role="slider"]')!;
const press = (key: string) => act(async () => void chart().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

/** Of as many buckets as there are now: a button leaves two. */
function Drawing({ onOpen }: { onOpen: (start: number) => void }) {
  const [count, setCount] = useState(buckets.length);
  const series = [
    { key: 'web', values: [4, 0, 2, 1].slice(0, count) },
    { key: 'telegram', values: [1, 0, 3, 0].slice(0, count) },
  ];
  return (
    <>
      <Chart bucket="day" buckets={buckets.slice(0, count)} onOpen={onOpen} series={series} title="Conversations" to={() => new URLSearchParams()} />
      <button onClick={() => setCount(2)} type="button">
        Fewer
      </button>
    </>
  );
}

async function drawn() {
  const onOpen = vi.fn();
  await show(<Drawing onOpen={onOpen} />, {});
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

it('leaves the browser its own keys, and follows when there are fewer buckets', async () => {
  const onOpen = await drawn();
  const back = new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true });
  await act(async () => void chart().dispatchEvent(back));
  expect([back.defaultPrevented, chart().getAttribute('aria-valuenow')]).toEqual([false, '3']);

  await press('End');
  await click('Fewer');
  expect(chart().getAttribute('aria-valuenow')).toBe('1');
  await press('Enter');
  expect(onOpen).not.toHaveBeenCalled();
});
