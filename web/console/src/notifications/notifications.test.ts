import { beforeEach, expect, it, vi } from 'vitest';
import type { Notification } from '../contract.ts';
import type { Alert } from '../live.ts';
import type { Service } from '../service.ts';
import { Notifications } from './notifications.ts';

let stored: Notification[];
let told: [Alert, Notification | undefined][];
let notifications: Notifications;

const mention = (id: string, conversationId = 'c'): Notification => ({
  id,
  kind: 'mention',
  conversationId,
  messageId: `m${id}`,
  actor: { name: 'Ada' },
  text: 'Look',
  createdAt: '2026-03-10T10:00:00Z',
});

beforeEach(() => {
  stored = [];
  told = [];
  const service = {
    get: async () => ({ items: stored, unread: stored.filter(({ readAt }) => !readAt).length }),
    post: async (_: string, { conversationId }: { conversationId?: string }) => {
      stored = stored.map((item) => (!conversationId || item.conversationId === conversationId ? { ...item, readAt: '2026-03-10T11:00:00Z' } : item));
    },
  } as unknown as Service;
  notifications = new Notifications(service, (...what) => told.push(what));
});

it('tells of a mention and of a picture with what is known of it, and of a handover at once', async () => {
  await notifications.load();
  stored = [mention('1')];
  notifications.heard({ kind: 'mention', conversationId: 'c' });
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 30_000 });
  expect(told[0]![1]?.text).toBe('Look');
  expect(notifications.view().unread).toBe(1);

  notifications.heard({ kind: 'handover', conversationId: 'd' });
  expect(told[1]).toEqual([{ kind: 'handover', conversationId: 'd' }, undefined]);

  stored = [{ ...mention('2', 'e'), kind: 'picture', actor: { name: 'Potter' }, text: 'Blue vase' }, ...stored];
  notifications.heard({ kind: 'picture', conversationId: 'e' });
  await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 30_000 });
  expect(told[2]![1]?.text).toBe('Blue vase');
});

it('marks those of one conversation as read', async () => {
  stored = [mention('1'), mention('2', 'other')];
  await notifications.load();
  expect(notifications.isUnread('c')).toBe(true);
  await notifications.read('c');
  expect(notifications.isUnread('c')).toBe(false);
  expect(notifications.view().unread).toBe(1);
  await notifications.read();
  expect(notifications.view().unread).toBe(0);
});
