import { useEffect, useState, type ReactNode } from 'react';
import { BellIcon, FiguresIcon, InboxIcon, KeysIcon, LeaveIcon, OperationsIcon, SettingsIcon } from '../../shared/icons.tsx';
import { Refusals } from './conversation/Refusals.tsx';
import { KeySheet } from './KeySheet.tsx';
import { keyOf, useKeys } from './keys.ts';
import { Link } from './Link.tsx';
import { Palette } from './Palette.tsx';
import { go, useRoute } from './route.ts';
import { sentence } from './service.ts';
import { useStore } from './store.ts';
import { useEverywhere, type PageOfRail } from './useEverywhere.ts';
import { useWorkplace } from './workplace.ts';

export function Shell({ children }: { children: ReactNode }) {
  const { session, inbox, live, notifications, user } = useWorkplace();
  const { waiting } = useStore(inbox);
  const { unread } = useStore(notifications);
  const { connected } = useStore(live);
  const { path } = useRoute();
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const [problem, setProblem] = useState<string>();

  useKeys({
    '?': () => setSheet(true),
    'g i': () => go(['inbox']),
    'g n': () => go(['notifications']),
    'g f': () => go(['figures']),
    'g o': () => go(['operations']),
    'g s': () => go(['settings']),
  });

  const pages: PageOfRail[] = [
    { key: 'inbox', name: 'Inbox', icon: <InboxIcon />, count: waiting, of: 'waiting for people' },
    { key: 'notifications', name: 'Notifications', icon: <BellIcon />, count: unread, of: 'unread' },
    { key: 'figures', name: 'Figures', icon: <FiguresIcon /> },
    ...(session.may('agent') ? [{ key: 'operations', name: 'Operations', icon: <OperationsIcon /> }] : []),
    { key: 'settings', name: 'Settings', icon: <SettingsIcon /> },
  ];

  const signOut = () => void session.signOut().catch((error: unknown) => setProblem(sentence(error)));
  useEverywhere(pages, () => setSheet(true), signOut);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (keyOf(event).toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      // What is asked in a dialog is answered first.
      if (!document.querySelector('dialog[open]')) setPalette(true);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);

  return (
    <div className="shell">
      <nav aria-label="Pages" className="rail">
        {pages.map(({ key, name, icon, count = 0, of }) => (
          <Link aria-current={path[0] === key ? 'page' : undefined} className="rail-item" key={key} to={[key]}>
            {icon}
            <span className="rail-name">{name}</span>
            {count > 0 && (
              <span className="rail-count">
                {count > 99 ? '99+' : count}
                <span className="hidden-text"> {of}</span>
              </span>
            )}
          </Link>
        ))}
        <span className="rail-space" />
        <button className="rail-item" onClick={() => setSheet(true)} type="button">
          <KeysIcon />
          <span className="rail-name">Keyboard</span>
        </button>
        <button
          className="rail-item"
          onClick={signOut}
          type="button"
        >
          <LeaveIcon />
          <span className="rail-name">Sign out {user.name}</span>
        </button>
      </nav>
      <div className="shell-content">
        <p className={connected ? 'hidden-text' : 'strip'} role="status">
          {connected ? '' : 'Connecting. What changes meanwhile will appear.'}
        </p>
        {problem && (
          <p className="strip problem-strip" role="alert">
            {problem}{' '}
            <button className="link-button" onClick={() => setProblem(undefined)} type="button">
              Dismiss
            </button>
          </p>
        )}
        <Refusals />
        {children}
      </div>
      {palette && <Palette onClose={() => setPalette(false)} />}
      {sheet && <KeySheet onClose={() => setSheet(false)} />}
    </div>
  );
}
