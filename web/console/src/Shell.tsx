import { useState, type ReactNode } from 'react';
import { FiguresIcon, InboxIcon, KeysIcon, LeaveIcon, SettingsIcon } from '../../shared/icons.tsx';
import { KeySheet } from './KeySheet.tsx';
import { useKeys } from './keys.ts';
import { Link } from './Link.tsx';
import { go, useRoute } from './route.ts';
import { sentence } from './service.ts';
import { useStore } from './store.ts';
import { useWorkplace } from './workplace.ts';

export function Shell({ children }: { children: ReactNode }) {
  const { session, inbox, live, user } = useWorkplace();
  const { waiting } = useStore(inbox);
  const { connected } = useStore(live);
  const { path } = useRoute();
  const [sheet, setSheet] = useState(false);
  const [problem, setProblem] = useState<string>();

  useKeys({
    '?': () => setSheet(true),
    'g i': () => go(['inbox']),
    'g f': () => go(['figures']),
    'g s': () => go(['settings']),
  });

  const pages = [
    { key: 'inbox', name: 'Inbox', icon: <InboxIcon /> },
    { key: 'figures', name: 'Figures', icon: <FiguresIcon /> },
    { key: 'settings', name: 'Settings', icon: <SettingsIcon /> },
  ];

  return (
    <div className="shell">
      <nav aria-label="Pages" className="rail">
        {pages.map(({ key, name, icon }) => (
          <Link aria-current={path[0] === key ? 'page' : undefined} className="rail-item" key={key} to={[key]}>
            {icon}
            <span className="rail-name">{name}</span>
            {key === 'inbox' && waiting > 0 && (
              <span className="rail-count">
                {waiting > 99 ? '99+' : waiting}
                <span className="hidden-text"> waiting for people</span>
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
          onClick={() => session.signOut().catch((error: unknown) => setProblem(sentence(error)))}
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
        {children}
      </div>
      {sheet && <KeySheet onClose={() => setSheet(false)} />}
    </div>
  );
}
