import { useCallback, useState } from 'react';
import { Link } from '../Link.tsx';
import { spoken } from '../names.ts';
import { sentence } from '../service.ts';
import { formatAgo } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { useWatched } from './useWatched.ts';

export interface Problem {
  id: string;
  kind: Kind;
  conversationId?: string;
  attempts?: number;
  errorCode?: string;
  error?: string;
  /** Sent again, the customer may get it twice. */
  mayDouble: boolean;
  createdAt?: string;
  updatedAt?: string;
  nextAttemptAt?: string;
  /** Of a dead message. */
  queue?: string;
  type?: string;
}

type Kind = 'failed' | 'unknown' | 'stuck' | 'dead';

interface Page {
  items: Problem[];
  next?: string;
}

const kinds: [kind: Kind, name: string, meaning: string][] = [
  ['failed', 'Not delivered', 'The messenger refused these for good. Retry once the reason is gone; a dropped one is not sent.'],
  ['unknown', 'Nobody knows', 'The messenger did not say whether these arrived. Sent again, the customer may get them twice.'],
  ['stuck', 'Held up', 'These should be on their way and are not.'],
  ['dead', 'Dead messages', 'Work that failed again and again inside the system. Retry puts it back into its queue.'],
];

export function Problems() {
  const { service } = useWorkplace();
  const { value, problem, load } = useWatched(
    useCallback(
      () =>
        Promise.all(
          kinds.map(async ([kind, name, meaning]) => ({
            kind,
            name,
            meaning,
            page: await service.get<Page>('/api/deliveries/problems', { kind, limit: 50 }),
          })),
        ),
      [service],
    ),
  );
  const shown = value?.filter(({ page }) => page.items.length > 0);
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">Messages that need people</h2>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && (
        <div aria-hidden="true" className="figure-skeleton">
          <span />
        </div>
      )}
      {shown?.length === 0 && <p className="notice">Everything was delivered or is on its way.</p>}
      {shown?.map(({ kind, name, meaning, page }) => (
        <div className="problem-kind" key={kind}>
          <h3>
            {name} <span className="meta">{page.next ? `${page.items.length} and more` : page.items.length}</span>
          </h3>
          <p className="about">{meaning}</p>
          <ul className="problems">
            {page.items.map((item) => (
              <One item={item} key={item.id} onSettled={load} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function One({ item, onSettled }: { item: Problem; onSettled: () => Promise<void> }) {
  const { service, session } = useWorkplace();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const what = item.kind === 'dead' ? `${spoken(item.type ?? 'Unreadable message')} for ${item.queue ?? 'an unknown queue'}` : 'Message to a customer';

  async function settle(action: 'retry' | 'drop', question: string | undefined) {
    if (question && !confirm(question)) return;
    setBusy(true);
    try {
      await service.post(`/api/deliveries/${item.id}/${action}`, { reason: 'Settled on the operations page' });
      setProblem(undefined);
      await onSettled();
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  }

  return (
    <li className="problem-row">
      <div className="problem-words">
        <p>
          {item.conversationId ? <Link to={['inbox', item.conversationId]}>{what}</Link> : what}
          {item.createdAt && <span className="meta"> {formatAgo(item.createdAt)}</span>}
        </p>
        <p className="meta">
          {[item.error ?? 'No reason was given.', item.errorCode && `(${item.errorCode})`, item.attempts !== undefined && `· ${item.attempts} ${item.attempts === 1 ? 'attempt' : 'attempts'}`]
            .filter(Boolean)
            .join(' ')}
        </p>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      {session.may('admin') && (
        <div className="actions">
          <button
            className="link-button"
            disabled={busy}
            onClick={() => void settle('retry', item.mayDouble ? 'It may have arrived already, and the customer would get it twice. Send it again?' : undefined)}
            type="button"
          >
            Retry<span className="hidden-text"> {what}</span>
          </button>
          <button className="link-button" disabled={busy} onClick={() => void settle('drop', 'Drop it for good? Nothing sends it after that.')} type="button">
            Drop<span className="hidden-text"> {what}</span>
          </button>
        </div>
      )}
    </li>
  );
}
