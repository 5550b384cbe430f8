import { useState } from 'react';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { sentence } from '../service.ts';
import { formatAgo, formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import type { Alarm } from './alarms.ts';
import { Alarms } from './Alarms.tsx';
import { ConnectDialog } from './ConnectDialog.tsx';
import { Copy } from './Copy.tsx';
import { providers } from './providers.ts';
import { Section } from './Section.tsx';
import { useList } from './useList.ts';

export interface Connection {
  id: string;
  provider: string;
  channel: string;
  account: string;
  name?: string;
  source: 'api' | 'configuration';
  webhookUrl: string;
  signatureMode: 'enforce' | 'observe';
  observeUntil?: string;
  problem?: string;
  health?: { lastInboundAt?: string; lastOutboundAt?: string; sent: number; failed: number; silent: boolean; alarms?: Alarm[] };
  check?: Check;
}

interface Check {
  state: 'ok' | 'failed' | 'unchecked';
  code?: string;
  error?: string;
}

export function Connections() {
  const { items, problem, act, load } = useList<Connection>('/api/connections');
  const [adding, setAdding] = useState(false);

  return (
    <Section
      about="The accounts at messengers through which customers reach you. The web chat needs none."
      action={
        <button className="button primary" onClick={() => setAdding(true)} type="button">
          Connect an account
        </button>
      }
      loading={!items}
      problem={problem}
      title="Connections"
    >
      {items?.length === 0 && <p className="notice">No messenger is connected. Connect the one your customers use most.</p>}
      <ul className="entries">
        {items?.map((connection) => (
          <One act={act} connection={connection} key={connection.id} />
        ))}
      </ul>
      {adding && (
        <ConnectDialog
          onClose={() => {
            setAdding(false);
            void load();
          }}
        />
      )}
    </Section>
  );
}

function One({ connection, act }: { connection: Connection; act: (action: () => Promise<unknown>) => Promise<boolean> }) {
  const { service } = useWorkplace();
  const [check, setCheck] = useState<Check>();
  const [problem, setProblem] = useState<string>();
  const { health, id } = connection;
  const provider = providers.find(({ name }) => name === connection.provider);
  const own = connection.source === 'api';

  async function test() {
    setProblem(undefined);
    try {
      setCheck(await service.post<Check>(`/api/connections/${id}/test`));
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <li className="connection">
      <header className="connection-head">
        <ChannelIcon channel={connection.channel} />
        <h2>{connection.name ?? provider?.title ?? connection.provider}</h2>
        <span className="meta">{connection.account}</span>
      </header>
      {connection.problem && <p className="section-problem">Not in use: {connection.problem}</p>}
      {connection.signatureMode === 'observe' && (
        <p className="warning-text">
          Badly signed webhooks are let through and marked{connection.observeUntil && ` until ${formatWhen(connection.observeUntil)}`}.
        </p>
      )}
      <Alarms alarms={health?.alarms} />
      <p className="meta">
        {health?.lastInboundAt ? `Last message: ${formatAgo(health.lastInboundAt)}` : 'Nothing has come in yet'}
        {' · '}
        {health && health.sent > 0 ? `${health.sent} sent in the last hour, ${health.failed} of them failed` : 'Nothing sent in the last hour'}
        {health?.silent && !health.alarms?.length && ' · Unusually quiet: check the webhook at the provider'}
        {!own && ' · From configuration, changed there'}
      </p>
      <div className="webhook">
        <span className="meta">Webhook address</span>
        <Copy label="webhook address" value={connection.webhookUrl} />
      </div>
      {check && (
        <p className={check.state === 'failed' ? 'section-problem' : 'success-text'} role="status">
          {check.state === 'ok' ? 'The provider takes the credentials.' : `${check.error ?? 'The provider refused the credentials.'}${check.code ? ` (${check.code})` : ''}`}
        </p>
      )}
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        <button className="link-button" onClick={() => void test()} type="button">
          Test the credentials
        </button>
        {own && (
          <>
            <button
              className="link-button"
              onClick={() => void act(() => service.post(`/api/connections/${id}/${connection.signatureMode === 'observe' ? 'enforce' : 'observe'}`, {}))}
              type="button"
            >
              {connection.signatureMode === 'observe' ? 'Refuse bad signatures again' : 'Observe signatures for 72 hours'}
            </button>
            <button
              className="link-button"
              onClick={() => {
                if (confirm('Remove this connection? What it still has to send will fail.')) void act(() => service.remove(`/api/connections/${id}`));
              }}
              type="button"
            >
              Remove
            </button>
          </>
        )}
      </div>
    </li>
  );
}
