import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PaneEdge } from './PaneEdge.tsx';
import { paneLimits, Panes, panes } from './panes.ts';
import { leave, show } from './testing.tsx';

beforeEach(() => {
  vi.stubGlobal('innerWidth', 2_000);
  panes.resize('list', paneLimits.list.usual);
  panes.resize('panel', paneLimits.panel.usual);
});

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

const edge = () => document.querySelector<HTMLElement>('[role="separator"]')!;
const press = (key: string) => act(async () => void edge().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

it('moves with the arrow keys, within its limits, and says how wide the pane is', async () => {
  await show(<PaneEdge label="Width of the list" pane="list" />, {});
  await press('ArrowRight');
  expect(edge().getAttribute('aria-valuenow')).toBe('356');
  await press('ArrowLeft');
  await press('End');
  await press('ArrowRight');
  expect(edge().getAttribute('aria-valuenow')).toBe(String(paneLimits.list.most));
  await press('Home');
  expect(edge().getAttribute('aria-valuenow')).toBe(String(paneLimits.list.least));
  await act(async () => void edge().dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
  expect(edge().getAttribute('aria-valuenow')).toBe('340');
});

it('makes the panel wider to the left, and remembers it', async () => {
  await show(<PaneEdge label="Width of the customer panel" pane="panel" />, {});
  await press('ArrowLeft');
  expect(panes.view().panel).toBe(336);
  expect(new Panes().view()).toEqual({ list: 340, panel: 336 });
});

it('moves from where it is in a window that is narrower than the one before', async () => {
  panes.resize('list', paneLimits.list.most);
  vi.stubGlobal('innerWidth', 1_000);
  await show(<PaneEdge label="Width of the list" pane="list" />, {});
  expect([edge().getAttribute('aria-valuenow'), edge().getAttribute('aria-valuemax')]).toEqual(['340', '340']);
  await press('ArrowLeft');
  expect(panes.view().list).toBe(324);
});
