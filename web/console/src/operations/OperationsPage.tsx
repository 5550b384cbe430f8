import { useEffect } from 'react';
import { useWorkplace } from '../workplace.ts';
import { ConnectionHealth } from './ConnectionHealth.tsx';
import './operations.css';
import { Problems } from './Problems.tsx';
import { Queues } from './Queues.tsx';
import { SystemHealth } from './SystemHealth.tsx';

/** How the system is, and what only people can settle. */
export function OperationsPage() {
  const { session } = useWorkplace();
  useEffect(() => {
    document.title = 'Operations · Assistify';
  }, []);

  if (!session.may('agent')) {
    return (
      <main className="page" tabIndex={0}>
        <h1>Operations</h1>
        <p className="notice">Your role reads conversations and figures. An admin can give you another one under People and roles.</p>
      </main>
    );
  }
  return (
    <main className="page operations" tabIndex={0}>
      <header className="page-head">
        <h1>Operations</h1>
      </header>
      <SystemHealth />
      <Problems />
      <Queues />
      {session.may('admin') && <ConnectionHealth />}
    </main>
  );
}
