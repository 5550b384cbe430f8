import { useEffect, type ReactNode } from 'react';
import type { Role } from '../contract.ts';
import { Link } from '../Link.tsx';
import { useWorkplace } from '../workplace.ts';
import { ApiKeys } from './ApiKeys.tsx';
import { AuditLog } from './AuditLog.tsx';
import { Connections } from './Connections.tsx';
import { Knowledge } from './Knowledge.tsx';
import './settings.css';
import { Users } from './Users.tsx';
import { WidgetCode } from './WidgetCode.tsx';

const sections: { key: string; name: string; role: Role; page: () => ReactNode }[] = [
  { key: 'users', name: 'People and roles', role: 'agent', page: () => <Users /> },
  { key: 'connections', name: 'Connections', role: 'admin', page: () => <Connections /> },
  { key: 'knowledge', name: 'Knowledge', role: 'admin', page: () => <Knowledge /> },
  { key: 'keys', name: 'API keys', role: 'admin', page: () => <ApiKeys /> },
  { key: 'widget', name: 'Widget', role: 'agent', page: () => <WidgetCode /> },
  { key: 'audit', name: 'Audit log', role: 'admin', page: () => <AuditLog /> },
];

export function SettingsPage({ section }: { section: string | undefined }) {
  const { session } = useWorkplace();
  const open = sections.filter(({ role }) => session.may(role));
  const current = open.find(({ key }) => key === section) ?? open[0];

  useEffect(() => {
    document.title = `${current?.name ?? 'Settings'} · Assistify`;
  }, [current?.name]);

  if (!current) {
    return (
      <main className="page">
        <h1 className="hidden-text">Settings</h1>
        <p>Your role reads conversations and figures. An admin can give you another one under People and roles.</p>
      </main>
    );
  }
  return (
    <div className="settings">
      <nav aria-label="Settings" className="settings-nav">
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
