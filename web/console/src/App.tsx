import { useEffect, useMemo } from 'react';
import { Outbox } from './conversation/outbox.ts';
import { BehindPage } from './figures/BehindPage.tsx';
import { FiguresPage } from './figures/FiguresPage.tsx';
import { Inbox } from './inbox/inbox.ts';
import { InboxPage } from './inbox/InboxPage.tsx';
import { Live } from './live.ts';
import { Alerts } from './notifications/alerts.ts';
import { Notifications } from './notifications/notifications.ts';
import { NotificationsPage } from './notifications/NotificationsPage.tsx';
import { OperationsPage } from './operations/OperationsPage.tsx';
import { useRoute } from './route.ts';
import { Service } from './service.ts';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { Shell } from './Shell.tsx';
import { SignIn } from './session/SignIn.tsx';
import type { Session } from './session/session.ts';
import { useStore } from './store.ts';
import { Team } from './team.ts';
import { WorkplaceContext } from './workplace.ts';

export function App({ session }: { session: Session }) {
  const { state, user } = useStore(session);
  if (state === 'starting') return null;
  if (state === 'away') {
    return (
      <main className="alone">
        <h1>Assistify</h1>
        <p role="status">The service cannot be reached right now. This page keeps trying.</p>
      </main>
    );
  }
  if (!user) return <SignIn session={session} />;
  // Somebody else at the same browser starts with nothing of the one before.
  return <Work key={user.id} session={session} />;
}

function Work({ session }: { session: Session }) {
  const { user } = useStore(session);
  const parts = useMemo(() => {
    const service = new Service(session);
    const inbox = new Inbox(session, service);
    const alerts = new Alerts();
    const notifications = new Notifications(service, (alert, note) => {
      alerts.tell(alert, note, 'conversationId' in alert ? inbox.find(alert.conversationId) : undefined);
      if (alert.kind === 'mention' && inbox.view().filter.view === 'mentions') void inbox.reload();
    });
    const outbox = new Outbox(service, session.user?.id ?? '');
    return { session, service, inbox, outbox, notifications, alerts, team: new Team(service), live: new Live(session, inbox, notifications) };
  }, [session]);
  const workplace = useMemo(() => (user ? { ...parts, user } : undefined), [parts, user]);

  useEffect(() => {
    parts.live.start();
    void parts.inbox.start();
    void parts.notifications.load();
    parts.outbox.start();
    return () => {
      parts.live.stop();
      parts.outbox.stop();
    };
  }, [parts]);

  if (!workplace) return null;
  return (
    <WorkplaceContext.Provider value={workplace}>
      <Shell>
        <CurrentPage />
      </Shell>
    </WorkplaceContext.Provider>
  );
}

function CurrentPage() {
  const { path } = useRoute();
  switch (path[0]) {
    case 'inbox':
      return <InboxPage conversationId={path[1]} />;
    case 'figures':
      return path[1] === 'behind' ? <BehindPage /> : <FiguresPage />;
    case 'notifications':
      return <NotificationsPage />;
    case 'operations':
      return <OperationsPage />;
    case 'settings':
      return <SettingsPage section={path[1]} />;
    default:
      return (
        <main className="alone">
          <h1>There is no such page</h1>
          <p>
            <a href="/console/inbox">Go to the inbox</a>
          </p>
        </main>
      );
  }
}
