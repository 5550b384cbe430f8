import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { button, leave, press, show, text } from '../testing.tsx';
import { ChatAddress } from './ChatAddress.tsx';

afterEach(leave);

it('shows the address of the chat page, and its QR code when that is wanted', async () => {
  await show(<ChatAddress address="https://shop.example/" />, {});
  expect(text()).toContain('https://shop.example/');
  expect(document.querySelector('.qr')).toBeNull();

  await press('Show the QR code');
  await act(() => vi.dynamicImportSettled());
  expect(document.querySelector('[aria-label="QR code of https://shop.example/"]')).not.toBeNull();

  // The smallest code that holds so much has 25 modules; each corner but one has a finder, whose first row is dark.
  const svg = document.querySelector('.qr-code')!;
  expect(svg.getAttribute('viewBox')).toBe('0 0 33 33');
  const path = svg.querySelector('path')!.getAttribute('d')!;
  for (const [x, y] of [[0, 0], [18, 0], [0, 18]] as const) {
    for (let step = 0; step < 7; step++) expect(path).toContain(`M${x + step + 4} ${y + 4}h1`);
  }
  expect(button('Save the picture')).toBeDefined();
});
