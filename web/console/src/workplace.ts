import { createContext, useContext } from 'react';
import type { User } from './contract.ts';
import type { Outbox } from './conversation/outbox.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { Live } from './live.ts';
import type { Alerts } from './notifications/alerts.ts';
import type { Notifications } from './notifications/notifications.ts';
import type { Service } from './service.ts';
import type { Session } from './session/session.ts';
import type { Team } from './team.ts';

/** What every page of a signed-in operator works with. */
export interface Workplace {
  session: Session;
  service: Service;
  live: Live;
  inbox: Inbox;
  outbox: Outbox;
  notifications: Notifications;
  alerts: Alerts;
  team: Team;
  user: User;
}

export const WorkplaceContext = createContext<Workplace | undefined>(undefined);

export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext);
  if (!workplace) throw new Error('Nobody is signed in.');
  return workplace;
}
