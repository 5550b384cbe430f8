import { useEffect, useRef, type ReactNode } from 'react';
import type { Role } from '../contract.ts';
import { Link } from '../Link.tsx';
import { useWorkplace } from '../workplace.ts';
import { ApiKeys } from './ApiKeys.tsx';
import { Assistant } from './Assistant.tsx';
import { AuditLog } from './AuditLog.tsx';
import { CannedAnswers } from './CannedAnswers.tsx';
import { Connections } from './Connections.tsx';
import { FeatureFlags } from './FeatureFlags.tsx';
import { Knowledge } from './Knowledge.tsx';
import { Macros } from './Macros.tsx';
import { Products } from './Products.tsx';
import { Rules } from './Rules.tsx';
import { Security } from './Security.tsx';
import './settings.css';
import { Teams } from './Teams.tsx';
import { Templates } from './Templates.tsx';
import { Users } from './Users.tsx';
import { WidgetCode } from './WidgetCode.tsx';
import { Workspace } from './Workspace.tsx';

const security: SettingsSection = { key: 'security', name: 'Your sign-in', about: 'Password, second factor', role: 'viewer', page: () => <Security /> };

interface SettingsSection {
  key: string;
  name: string;
  /** What else it is looked for by. */
  about?: string;
  role: Role;
  page: () => ReactNode;
}

const sections: SettingsSection[] = [
  { key: 'workspace', name: 'Workspace', about: 'Business hours, holidays, response targets', role: 'admin', page: () => <Workspace /> },
  { key: 'users', name: 'People and roles', role: 'agent', page: () => <Users /> },
  { key: 'teams', name: 'Teams', role: 'agent', page: () => <Teams /> },
  { key: 'connections', name: 'Connections', role: 'admin', page: () => <Connections /> },
  { key: 'knowledge', name: 'Knowledge', about: 'Entries, documents, unanswered questions, understanding', role: 'admin', page: () => <Knowledge /> },
  { key: 'products', name: 'Products', role: 'admin', page: () => <Products /> },
  { key: 'assistant', name: 'Assistant', about: 'Versions, tools, to approve, cases', role: 'agent', page: () => <Assistant /> },
  { key: 'answers', name: 'Canned answers', role: 'agent', page: () => <CannedAnswers /> },
  { key: 'templates', name: 'Templates', role: 'agent', page: () => <Templates /> },
  { key: 'macros', name: 'Macros', role: 'agent', page: () => <Macros /> },
  { key: 'rules', name: 'Rules', role: 'admin', page: () => <Rules /> },
  { key: 'keys', name: 'API keys', role: 'admin', page: () => <ApiKeys /> },
  { key: 'widget', name: 'Widget', role: 'admin', page: () => <WidgetCode /> },
  { key: 'flags', name: 'Feature flags', role: 'admin', page: () => <FeatureFlags /> },
  { key: 'audit', name: 'Audit log', role: 'admin', page: () => <AuditLog /> },
  security,
];

/** Those that whoever is signed in may see. */
export function settingsOf(session: { may: (role: Role) => boolean }): SettingsSection[] {
  return sections.filter(({ role }) => session.may(role));
}

export function SettingsPage({ section }: { section: string | undefined }) {
  const { session } = useWorkplace();
  const open = settingsOf(session);
  const current = open.find(({ key }) => key === section) ?? open[0] ?? security;

  const nav = useRef<HTMLElement>(null);

  // On a phone the sections are a row that is longer than the screen.
  useEffect(() => void nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [current.key]);

  useEffect(() => {
    document.title = `${current.name} · Assistify`;
  }, [current.name]);

  return (
    <div className="settings">
      <nav aria-label="Settings" className="settings-nav" ref={nav}>
        {open.map(({ key, name }) => (
          <Link aria-current={key === current.key ? 'page' : undefined} className="settings-link" key={key} to={['settings', key]}>
            {name}
          </Link>
        ))}
      </nav>
      <main className="page" tabIndex={0} key={current.key}>
        {current.page()}
      </main>
    </div>
  );
}
