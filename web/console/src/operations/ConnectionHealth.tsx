import { useCallback } from 'react';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { Link } from '../Link.tsx';
import { isGrave } from '../settings/alarms.ts';
import { Alarms } from '../settings/Alarms.tsx';
import type { Connection } from '../settings/Connections.tsx';
import { providers } from '../settings/providers.ts';
import { formatAgo } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { useWatched } from './useWatched.ts';

export function ConnectionHealth() {
  const { service } = useWorkplace();
  const { value, problem } = useWatched(useCallback(() => service.get<{ items: Connection[] }>('/api/connections'), [service]));
  return (
    <section aria-labelledby="connection-health">
      <h2 id="connection-health">Connections</h2>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {value?.items.length === 0 && (
        <p className="notice">
          No messenger is connected. <Link to={['settings', 'connections']}>Connect one</Link>
        </p>
      )}
      {value && value.items.length > 0 && (
        <ul className="problems">
          {value.items.map((connection) => (
            <li className="problem-row" key={connection.id}>
              <ChannelIcon channel={connection.channel} />
              <div className="problem-words">
                <p>
                  <Link to={['settings', 'connections']}>
                    {connection.name ?? providers.find(({ name }) => name === connection.provider)?.title ?? connection.provider}
                  </Link>{' '}
                  <span className="meta">{connection.account}</span>
                </p>
                <p className="meta">
                  {connection.health?.lastInboundAt ? `Last message: ${formatAgo(connection.health.lastInboundAt)}` : 'Nothing has come in yet'}
                  {' · '}
                  {connection.health ? `${connection.health.sent} sent in the last hour, ${connection.health.failed} failed` : 'nothing sent in the last hour'}
                </p>
                <Alarms alarms={connection.health?.alarms} />
              </div>
              <Word connection={connection} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Word({ connection: { problem, signatureMode, health } }: { connection: Connection }) {
  if (problem) return <span className="danger-text">Not in use</span>;
  if (health?.alarms?.some(isGrave)) return <span className="danger-text">Needs somebody</span>;
  if (health?.alarms && health.alarms.length > 0) return <span className="warning-text">Needs a look</span>;
  if (health?.silent) return <span className="warning-text">Unusually quiet</span>;
  if (signatureMode === 'observe') return <span className="warning-text">Signatures observed</span>;
  return <span className="success-text">In use</span>;
}
