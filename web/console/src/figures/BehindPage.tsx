import { useCallback, useEffect, useState } from 'react';
import { BackIcon } from '../../../shared/icons.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import type { Conversation, Page } from '../contract.ts';
import { Link } from '../Link.tsx';
import { channelName, customerName } from '../names.ts';
import { useRoute } from '../route.ts';
import { sentence } from '../service.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { backFrom, behindIn, countedIn, type BehindAnswer, type BehindIn } from './behind.ts';
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
  const { query } = useRoute();
  const behind = behindIn(query);

  useEffect(() => {
    document.title = `${behind.title} · Assistify`;
  }, [behind.title]);

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
      <Rows key={query.toString()} question={behind.question} unit={behind.unit} />
    </main>
  );
}

function Rows({ question, unit }: Pick<BehindIn, 'question' | 'unit'>) {
  const { service } = useWorkplace();
  const [asked] = useState(question);
  const [found, setFound] = useState<{ answer: BehindAnswer; rows: readonly Row[] }>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const more = useCallback(
    async (known: readonly Row[]) => {
      setBusy(true);
      try {
        const answer = await service.get<BehindAnswer>('/api/analytics/behind', { ...asked, limit: pageSize, skip: known.length });
        const ids = answer.items.map(({ conversationId }) => conversationId);
        const { items } = ids.length === 0 ? { items: [] } : await service.get<Page<Conversation>>('/api/conversations/list', { ids: ids.join(','), limit: pageSize });
        const conversations = new Map(items.map((conversation) => [conversation.id, conversation]));
        setFound({ answer, rows: [...known, ...answer.items.map((item) => ({ ...item, conversation: conversations.get(item.conversationId) }))] });
        setProblem(undefined);
      } catch (error) {
        setProblem(sentence(error));
      }
      setBusy(false);
    },
    [service, asked],
  );

  useEffect(() => void more([]), [more]);

  return (
    <>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {found && (
        <>
          <p className="behind-sum" role="status">
            {countedIn(unit, found.answer)}
          </p>
          <ul className="behind-rows">
            {found.rows.map((row) => (
              <Behind key={row.conversationId} row={row} unit={unit} />
            ))}
          </ul>
        </>
      )}
      {(found ? found.rows.length < found.answer.conversations : problem) && (
        <button className="button more" disabled={busy} onClick={() => void more(found?.rows ?? [])} type="button">
          {found ? 'Show more' : 'Try again'}
        </button>
      )}
    </>
  );
}

function Behind({ row: { conversationId, conversation, count, lastAt }, unit }: { row: Row; unit: string | undefined }) {
  const about = unit && count > 1 ? `${count.toLocaleString()} ${unit}` : undefined;
  if (!conversation) {
    return (
      <li className="behind-row gone">
        <span className="behind-words">Erased since</span>
        <span className="meta behind-when">{[about, formatWhen(lastAt)].filter(Boolean).join(' · ')}</span>
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
