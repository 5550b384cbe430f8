import { memo } from 'react';
import { AssistantIcon, PersonIcon } from '../../../shared/icons.tsx';
import type { Conversation } from '../contract.ts';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { Link } from '../Link.tsx';
import { channelName, customerName, initials } from '../names.ts';
import { useRoute } from '../route.ts';
import { formatAgo } from '../time.ts';
import { clockOf, type Clock } from './clock.ts';
import { isWaiting } from './filters.ts';
import { readMarks } from './read-marks.ts';

export const rowHeight = 64;

interface RowProps {
  conversation: Conversation;
  isOpen: boolean;
  isCursor: boolean;
  now: number;
  position: number;
  total: number;
}

export const Row = memo(function Row({ conversation, isOpen, isCursor, now, position, total }: RowProps) {
  const { query } = useRoute();
  const name = customerName(conversation.customer);
  const unread = readMarks.isUnread(conversation);
  const last = conversation.lastMessage;
  const waits = isWaiting(conversation);
  const clock = clockOf(conversation, now);
  return (
    <li aria-posinset={position + 1} aria-setsize={total} className="row" style={{ insetBlockStart: position * rowHeight }}>
      <Link
        aria-current={isOpen ? 'true' : undefined}
        className={`row-link ${unread ? 'unread' : ''} ${isCursor ? 'cursor' : ''}`}
        query={query}
        to={['inbox', conversation.id]}
      >
        <span aria-hidden="true" className="avatar">
          {conversation.customer.name ? initials(name) : <PersonIcon />}
          <ChannelIcon channel={conversation.channel} />
        </span>
        <span className="row-words">
          <span className="row-line">
            <span className="row-name" dir="auto">
              {name}
            </span>
            <span className="hidden-text">, {channelName(conversation.channel)}</span>
            {unread && (
              <span className="dot">
                <span className="hidden-text">, unread</span>
              </span>
            )}
            <time className="row-time" dateTime={conversation.lastActivityAt}>
              {formatAgo(conversation.lastActivityAt, now)}
            </time>
          </span>
          <span className="row-line">
            <span className="row-text" dir="auto">
              {last && last.author.type !== 'customer' ? `${last.author.type === 'assistant' ? 'Assistant' : 'Team'}: ` : ''}
              {last?.text || 'Attachment'}
            </span>
            <Holder clock={clock} conversation={conversation} waits={waits} />
          </span>
        </span>
        {clock && (
          <span className={`waiting-bar ${clock.level}`}>
            <span style={{ inlineSize: `${Math.max(4, clock.share * 100)}%` }} />
          </span>
        )}
      </Link>
    </li>
  );
});

function Holder({ conversation, waits, clock }: { conversation: Conversation; waits: boolean; clock: Clock | undefined }) {
  if (conversation.status === 'closed') return <span className="holder meta">Closed</span>;
  if (clock?.short && (waits || clock.level === 'danger')) {
    return (
      <span className={`holder waits ${clock.level === 'danger' ? 'late' : ''}`}>
        <span className="hidden-text">Waits for people. </span>
        {clock.short}
      </span>
    );
  }
  if (waits) return <span className="holder waits">Waits for people</span>;
  if (conversation.turn === 'assistant' && !conversation.customer.supplier) {
    return (
      <span className="holder assistant">
        <AssistantIcon />
        <span className="hidden-text">The assistant is answering</span>
      </span>
    );
  }
  return (
    <span className="holder person">
      <PersonIcon />
      <span className="hidden-text">{conversation.assignee?.name ?? 'People'} answering</span>
    </span>
  );
}
