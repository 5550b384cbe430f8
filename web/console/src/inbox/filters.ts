import type { Conversation, SavedView } from '../contract.ts';
import { isLate } from './clock.ts';
import { readMarks } from './read-marks.ts';

export const views = ['all', 'waiting', 'mine', 'overdue', 'unassigned', 'unread', 'mentions', 'closed'] as const;
export type ViewName = (typeof views)[number];

export interface Filter {
  view: ViewName;
  channel: string;
  label: string;
  q: string;
  /** The team's id. */
  team: string;
}

export const viewNames: Record<ViewName, string> = {
  all: 'All',
  waiting: 'Waiting for people',
  overdue: 'Late',
  mine: 'Mine',
  unassigned: 'Unassigned',
  unread: 'Unread',
  mentions: 'Mentions',
  closed: 'Closed',
};

export function readFilter(query: URLSearchParams): Filter {
  const view = query.get('view') as ViewName | null;
  return {
    view: view && views.includes(view) ? view : 'all',
    channel: query.get('channel') ?? '',
    label: query.get('label') ?? '',
    q: query.get('q')?.trim() ?? '',
    team: query.get('team') ?? '',
  };
}

/** The address of a saved view; what it does not name narrows nothing. */
export function addressOf({ view, channel, label, q, team }: SavedView['filter']): Record<string, string | undefined> {
  return { view: view === 'all' ? undefined : view, channel, label, q, team };
}

export function shows({ filter }: SavedView, { view, channel, label, q, team }: Filter): boolean {
  return (
    (filter.view ?? 'all') === view && (filter.channel ?? '') === channel && (filter.label ?? '') === label && (filter.q ?? '') === q && (filter.team ?? '') === team
  );
}

/** A person is wanted: nobody has taken over, or people have not answered since. */
export function isWaiting(conversation: Conversation): boolean {
  if (conversation.status === 'pending') return true;
  return conversation.status === 'open' && conversation.turn === 'agent' && conversation.clock?.waitingSince !== undefined;
}

export function waitingSince(conversation: Conversation): string {
  return conversation.clock?.waitingSince ?? conversation.lastMessage?.createdAt ?? conversation.lastActivityAt;
}

/** Whether a conversation belongs into the list; only the service knows what a search finds, and where somebody is named. */
export function matches(conversation: Conversation, filter: Filter, userId: string): boolean {
  if (filter.channel && conversation.channel !== filter.channel) return false;
  if (filter.team && conversation.team?.id !== filter.team) return false;
  if (filter.label && !conversation.labels.includes(filter.label)) return false;
  switch (filter.view) {
    case 'all':
    case 'mentions':
      return true;
    case 'unread':
      return readMarks.isUnread(conversation);
    case 'waiting':
      return isWaiting(conversation);
    case 'overdue':
      return isLate(conversation, Date.now());
    case 'mine':
      return conversation.assignee?.id === userId;
    case 'unassigned':
      return conversation.status !== 'closed' && !conversation.assignee;
    case 'closed':
      return conversation.status === 'closed';
  }
}

/** What the service is asked for. */
export function queriesOf(filter: Filter): Record<string, string | undefined>[] {
  const common = { channel: filter.channel || undefined, label: filter.label || undefined, q: filter.q || undefined, team: filter.team || undefined };
  switch (filter.view) {
    case 'all':
    // What was read is known to this device alone.
    case 'unread':
      return [common];
    case 'mentions':
      return [{ ...common, mentioned: 'me' }];
    case 'waiting':
      return [{ ...common, waiting: 'true' }];
    case 'overdue':
      return [{ ...common, overdue: 'true' }];
    case 'mine':
      return [{ ...common, assignee: 'me' }];
    case 'unassigned':
      return [
        { ...common, assignee: 'none', status: 'pending' },
        { ...common, assignee: 'none', status: 'open' },
      ];
    case 'closed':
      return [{ ...common, status: 'closed' }];
  }
}
