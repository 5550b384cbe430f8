import { act, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { Popover } from './Popover.tsx';
import { button, leave, press, show } from './testing.tsx';

afterEach(leave);

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <Popover label="Macros" onOpen={setOpen} open={open} title="Macros">
      <p>Loading</p>
    </Popover>
  );
}

it('keeps Escape to itself also while there is nothing in it to go to', async () => {
  const page = vi.fn();
  document.addEventListener('keydown', page);
  await show(<Page />, {});
  await press('Macros');
  expect(document.activeElement).toBe(document.querySelector('[role=dialog]'));
  button('Macros')!.focus();
  await act(async () => void document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
  expect(document.querySelector('[role=dialog]')).toBeNull();
  expect(document.activeElement).toBe(button('Macros'));
  expect(page).not.toHaveBeenCalled();
  document.removeEventListener('keydown', page);
});
