import { useEffect, useState } from 'react';
import { BackIcon } from '../../../shared/icons.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import type { Conversation, Page } from '../contract.ts';
import { Link } from '../Link.tsx';
import { channelName, customerName } from '../names.ts';
import { useRoute } from '../route.ts';
import { sentence } from '../service.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { behindIn, backFrom, countedIn, type BehindAnswer } from './behind.ts';
import './figures.css';

const pageSize = 50;

interface Row {
  conversationId: string;
  count: number;
  lastAt: string;
  /** Absent where it was erased since. */
  conversation: Conversation | undefined;
}

/** The conversations that a number comes from. */
export function BehindPage() {
  const { service } = useWorkplace();
  const { query } = useRoute();
  const behind = behindIn(query);
  const [found, setFound] = useState<{ answer: BehindAnswer; rows: readonly Row[] }>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const asked = query.toString();

  useEffect(() => {
    document.title = `${behind.title} · Assistify`;
  }, [behind.title]);

  async function read(skip: number): Promise<{ answer: BehindAnswer; rows: readonly Row[] }> {
    const answer = await service.get<BehindAnswer>('/api/analytics/behind', { ...behind.question, limit: pageSize, skip });
    const ids = answer.items.map(({ conversationId }) => conversationId);
    const { items } = ids.length === 0 ? { items: [] } : await service.get<Page<Conversation>>('/api/conversations/list', { ids: ids.join(','), limit: pageSize });
    const known = new Map(items.map((conversation) => [conversation.id, conversation]));
    return { answer, rows: answer.items.map((item) => ({ ...item, conversation: known.get(item.conversationId) })) };
  }

  useEffect(() => {
    let current = true;
    read(0).then(
      (first) => current && setFound(first),
      (error: unknown) => current && setProblem(sentence(error)),
    );
    return () => {
      current = false;
    };
    // What is asked is in the address.
  }, [service, asked]);

  async function more() {
    if (!found) return;
    setBusy(true);
    try {
      const next = await read(found.rows.length);
      setFound({ answer: next.answer, rows: [...found.rows, ...next.rows] });
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  }

  return (
    <main className="page behind" tabIndex={0}>
      <header className="page-head">
        <Link aria-label="Back to the figures" className="icon-button" query={backFrom(query)} to={['figures']}>
          <BackIcon />
        </Link>
        <div className="section-title">
          <h1>{behind.title}</h1>
          <p className="about">{behind.time}</p>
        </div>
      </header>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {found && (
        <>
          <p className="behind-sum" role="status">
            {countedIn(behind.unit, found.answer)}
          </p>
          <ul className="behind-rows">
            {found.rows.map((row) => (
              <Behind key={row.conversationId} row={row} unit={behind.unit} />
            ))}
          </ul>
          {found.rows.length < found.answer.conversations && (
            <button className="button more" disabled={busy} onClick={() => void more()} type="button">
              Show more
            </button>
          )}
        </>
      )}
    </main>
  );
}

function Behind({ row: { conversationId, conversation, count, lastAt }, unit }: { row: Row; unit: string | undefined }) {
  const about = unit && count > 1 ? `${count.toLocaleString()} ${unit}` : undefined;
  if (!conversation) {
    return (
      <li className="behind-row gone">
        <span className="behind-words">Erased since</span>
        <span className="meta">{[about, formatWhen(lastAt)].filter(Boolean).join(' · ')}</span>
      </li>
    );
  }
  return (
    <li>
      <Link className="behind-row" to={['inbox', conversationId]}>
        <ChannelIcon channel={conversation.channel} />
        <span className="behind-words" dir="auto">
          <span className="behind-name">{customerName(conversation.customer)}</span>{' '}
          <span className="meta">{conversation.lastMessage?.text ?? channelName(conversation.channel)}</span>
        </span>
        <span className="meta behind-when">{[about, formatWhen(lastAt)].filter(Boolean).join(' · ')}</span>
      </Link>
    </li>
  );
}
