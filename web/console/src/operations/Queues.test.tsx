import { afterEach, expect, it } from 'vitest';
import { fakeService, leave, show, text } from '../testing.tsx';
import { Queues } from './Queues.tsx';

afterEach(leave);

it('shows how much waits, what failed, and who takes nothing', async () => {
  const { service } = fakeService(() => ({
    queues: [
      { queue: 'chat-partition', waiting: 1200, consumers: 16, quarantined: 0, failed: 2 },
      { queue: 'ai-reply-requested', waiting: 3, consumers: 0, quarantined: 0, failed: 0 },
    ],
    dashboardUrl: 'http://localhost:18888',
  }));
  await show(<Queues />, { service });
  const rows = [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ['Events of conversations', (1200).toLocaleString(), '0', '2'],
    ['Answers to write nobody takes it', '3', '0', '0'],
  ]);
  expect(document.querySelector('.trouble')?.textContent).toBe('2');
  expect(document.querySelector('a')?.href).toBe('http://localhost:18888/');
});

it('says that the broker is away, and leads nowhere where there is no dashboard', async () => {
  const { service } = fakeService(() => ({}));
  await show(<Queues />, { service });
  expect(text()).toContain('cannot be asked right now');
  expect(document.querySelector('a, table')).toBeNull();
});
