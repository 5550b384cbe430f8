import { memo, useState } from 'react';
import { FileIcon, LockIcon } from '../../../shared/icons.tsx';
import { Answer, Speaker } from '../../../shared/Answer.tsx';
import { Cards } from '../../../shared/Cards.tsx';
import type { Attachment } from '../../../shared/contract.ts';
import { formatMoney, formatTime } from '../../../shared/format.ts';
import { linkify } from '../../../shared/text.tsx';
import type { Message } from '../contract.ts';
import { languageName, spoken } from '../names.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { deliveryWords } from './delivery.ts';
import { RetryDelivery } from './RetryDelivery.tsx';
import { TraceDialog } from './trace/TraceDialog.tsx';
import { unavailableWords } from './unavailable.ts';

const groupMs = 5 * 60_000;

export function sameGroup(a: Message, b: Message): boolean {
  return (
    a.author.type === b.author.type &&
    a.author.id === b.author.id &&
    Boolean(a.private) === Boolean(b.private) &&
    a.delivery?.status !== 'failed' &&
    Date.parse(b.createdAt) - Date.parse(a.createdAt) < groupMs
  );
}

interface EntryProps {
  message: Message;
  starts: boolean;
  ends: boolean;
  /** What the customer looks at, where it is another page than before. */
  page?: string;
  /** The customer has seen it, on web chat. */
  read?: boolean;
}

export const Entry = memo(function Entry({ message, starts, ends, page, read = false }: EntryProps) {
  const { author, text } = message;
  if (author.type === 'system') {
    return (
      <li className="entry event meta">
        {text}
        {message.cards && message.cards.length > 0 && <Cards cards={message.cards} />}
      </li>
    );
  }
  if (message.private) {
    return (
      <li className={`entry note ${starts ? 'starts' : ''}`}>
        <p className="note-head">
          <LockIcon />
          Private note{author.name && ` by ${author.name}`}
          <time className="meta" dateTime={message.createdAt}>
            {formatTime(message.createdAt)}
          </time>
        </p>
        <p className="note-text" dir="auto">
          {linkify(text)}
        </p>
        <Attachments attachments={message.attachments} />
      </li>
    );
  }
  const customer = author.type === 'customer';
  return (
    <li className={`entry ${customer ? 'left' : 'right'} ${starts ? 'starts' : ''}`}>
      {starts && customer && <span className="hidden-text">{author.name ?? 'Customer'}</span>}
      {starts && !customer && <Speaker name={author.name ?? 'Team'} type={author.type} />}
      {author.type === 'assistant' ? (
        <Answer cards={message.cards} citations={message.citations} text={text} />
      ) : (
        <>
          {text && (
            <p className={`bubble ${customer ? 'customer-bubble' : 'agent-bubble'}`} dir="auto">
              {linkify(text)}
            </p>
          )}
          {message.cards && message.cards.length > 0 && <Cards cards={message.cards} />}
        </>
      )}
      <Attachments attachments={message.attachments} />
      <Extras message={message} />
      {page && (
        <p className="meta" dir="auto">
          On: {page}
        </p>
      )}
      <Foot ends={ends} message={message} read={read} />
    </li>
  );
});

function Foot({ message, ends, read }: { message: Message; ends: boolean; read: boolean }) {
  const failed = message.delivery?.status === 'failed' || message.delivery?.status === 'unknown';
  const state = message.delivery && deliveryWords(read && message.delivery.status === 'sent' ? { ...message.delivery, status: 'read' } : message.delivery);
  return (
    <>
      <p className={`meta stamp ${ends ? '' : 'stamp-quiet'}`} title={whole(message)}>
        <time dateTime={message.createdAt}>{formatTime(message.createdAt)}</time>
        {state && !failed && ` · ${state}`}
        {message.editedAt && ' · Edited'}
        {message.deletedAt && ' · Deleted by the customer'}
        {message.nlu && ` · ${spoken(message.nlu.intent)}`}
        {message.nlu && message.nlu.sentiment === 'negative' && ' · Negative'}
        {message.author.type === 'assistant' && <Why answer={message} />}
      </p>
      {failed && (
        <p className="delivery-problem">
          {state}
          <RetryDelivery messageId={message.id} mayDouble={message.delivery?.status === 'unknown'} />
        </p>
      )}
    </>
  );
}

/** Whoever answers for the assistant can see how it came to its answer. */
function Why({ answer }: { answer: Message }) {
  const { session } = useWorkplace();
  const [open, setOpen] = useState(false);
  if (!session.may('agent')) return null;
  return (
    <>
      {' · '}
      <button className="link-button" onClick={() => setOpen(true)} type="button">
        Why this answer
      </button>
      {open && <TraceDialog answer={answer} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What messengers have beside texts and files. */
function Extras({ message: { order, reactions, unsupported } }: { message: Message }) {
  return (
    <>
      {order && order.length > 0 && (
        <ul className="order">
          {order.map(({ productId, quantity, price }) => (
            <li key={productId}>
              {quantity} × {productId}
              {price && ` · ${formatMoney(price)}`}
            </li>
          ))}
        </ul>
      )}
      {unsupported && <p className="meta">Sent something that is only seen in the messenger: {spoken(unsupported)}</p>}
      {reactions && <p className="meta">Reacted with {reactions.map(({ emoji }) => emoji).join(' ')}</p>}
    </>
  );
}

function whole(message: Message): string {
  const parts = [formatWhen(message.createdAt)];
  if (message.nlu) parts.push(`${spoken(message.nlu.intent)} (${Math.round(message.nlu.confidence * 100)}%), ${message.nlu.sentiment}, ${languageName(message.nlu.language)}`);
  if (message.model) parts.push(`Model ${message.model}${message.latencyMs === undefined ? '' : `, ${message.latencyMs} ms`}`);
  return parts.join(' · ');
}

function Attachments({ attachments = [] }: { attachments?: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <Shown attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function Shown({ attachment }: { attachment: Attachment }) {
  const name = attachment.fileName ?? spoken(attachment.kind);
  if (attachment.unavailable) {
    return (
      <span className="file">
        <FileIcon />
        {name}
        <span className="meta">{unavailableWords(attachment.unavailable)}</span>
      </span>
    );
  }
  if (!attachment.url) {
    return (
      <span className="file">
        <FileIcon />
        {name}
        <span className="meta">Still being fetched from the messenger</span>
      </span>
    );
  }
  if (attachment.kind === 'image') {
    return (
      <a href={attachment.url} rel="noopener noreferrer" target="_blank">
        <img alt={name} className="attached-image" loading="lazy" src={attachment.thumbnailUrl ?? attachment.url} />
      </a>
    );
  }
  if (attachment.kind === 'audio' || attachment.kind === 'voice') {
    return <audio aria-label={name} controls preload="none" src={attachment.url} />;
  }
  return (
    <a className="file" href={attachment.url} rel="noopener noreferrer" target="_blank">
      <FileIcon />
      {name}
      {attachment.size !== undefined && <span className="meta">{Math.max(1, Math.round(attachment.size / 1024))} kB</span>}
    </a>
  );
}
