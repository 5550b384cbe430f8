import { useCallback } from 'react';
import { useWorkplace } from '../workplace.ts';
import { useWatched } from './useWatched.ts';

interface QueueDepth {
  queue: string;
  waiting: number;
  consumers: number;
  quarantined: number;
  failed: number;
}

interface Operations {
  /** Absent while the broker cannot be asked. */
  queues?: QueueDepth[];
  dashboardUrl?: string;
}

const names: Record<string, string> = {
  'chat-partition': 'Events of conversations',
  'ai-reply-requested': 'Answers to write',
  'channel-deliver-message': 'Messages to deliver',
  'analytics-events': 'Events for the figures',
  'chat-audit': 'Entries of the audit log',
  'chat-erasures': 'Customers to erase',
};

/** How much work lies in the system, and the way to the dashboard where there is one. */
export function Queues() {
  const { service } = useWorkplace();
  const { value, problem } = useWatched(useCallback(() => service.get<Operations>('/api/operations'), [service]));
  return (
    <section aria-labelledby="queues">
      <h2 id="queues">Queues</h2>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {value && !value.queues && <p className="notice">The message broker cannot be asked right now. Webhooks are kept meanwhile, and everything goes on when it is back.</p>}
      {value?.queues && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Work</th>
              <th className="number" scope="col">
                Waiting
              </th>
              <th className="number" scope="col">
                In quarantine
              </th>
              <th className="number" scope="col">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {value.queues.map((depth) => (
              <tr key={depth.queue}>
                <th scope="row">
                  {names[depth.queue] ?? depth.queue}
                  {depth.consumers === 0 && <span className="warning-text"> nobody takes it</span>}
                </th>
                <td className="number">{depth.waiting.toLocaleString()}</td>
                <Trouble count={depth.quarantined} />
                <Trouble count={depth.failed} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {value?.dashboardUrl && (
        <p className="queues-more">
          <a href={value.dashboardUrl} rel="noopener noreferrer" target="_blank">
            Logs, traces and metrics in the Aspire dashboard
          </a>
        </p>
      )}
    </section>
  );
}

/** Nothing is usual here: what is not nothing is marked, and by more than its colour. */
function Trouble({ count }: { count: number }) {
  return <td className={count > 0 ? 'number danger-text trouble' : 'number'}>{count.toLocaleString()}</td>;
}
