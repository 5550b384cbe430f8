import type { ReactNode } from 'react';
import { matching, useCommands, useSearch, type Command } from './commands.ts';
import type { Conversation, Page } from './contract.ts';
import { viewNames, views } from './inbox/filters.ts';
import { channelName, customerName } from './names.ts';
import { go } from './route.ts';
import { settingsOf } from './settings/SettingsPage.tsx';
import { useWorkplace } from './workplace.ts';

const mostFound = 8;
const mostAtFirst = 5;

/** A page of the rail. */
export interface PageOfRail {
  key: string;
  name: string;
  icon: ReactNode;
  count?: number;
  /** Of what the count is. */
  of?: string;
}

/** What can be done from every page: go to any other, to a list, and to a conversation. */
export function useEverywhere(pages: readonly PageOfRail[], showKeys: () => void, signOut: () => void): void {
  const { session, inbox, service } = useWorkplace();

  useSearch(async (query) => {
    const known = query
      ? (await service.get<Page<Conversation>>('/api/conversations/list', { q: query, limit: mostFound })).items
      : inbox.view().items.slice(0, mostAtFirst);
    return known.map((conversation): Command => ({
      id: conversation.id,
      group: 'Conversations',
      name: customerName(conversation.customer),
      about: [channelName(conversation.channel), conversation.lastMessage?.text].filter(Boolean).join(': '),
      run: () => go(['inbox', conversation.id]),
    }));
  });

  useCommands((query) => {
    const own: Command[] = [
      ...pages.map(({ key, name }): Command => ({ id: key, group: 'Go to', name, key: `g ${key.charAt(0)}`, run: () => go([key]) })),
      ...views.map((view): Command => ({
        id: `list-${view}`,
        group: 'Lists',
        name: viewNames[view],
        about: 'Inbox',
        run: () => go(['inbox'], new URLSearchParams(view === 'all' ? {} : { view })),
      })),
      ...settingsOf(session).map(({ key, name, about }): Command => ({ id: `settings-${key}`, group: 'Settings', name, about, run: () => go(['settings', key]) })),
      { id: 'keys', group: 'Help', name: 'Every key', key: '?', run: showKeys },
      { id: 'sign-out', group: 'Help', name: 'Sign out', run: signOut },
    ];
    // Nothing typed: what is done here and the pages are enough.
    return query ? matching(own, query) : own.filter(({ group }) => group === 'Go to');
  });
}
