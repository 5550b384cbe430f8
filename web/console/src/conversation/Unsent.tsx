import { linkify } from '../../../shared/text.tsx';
import type { Outgoing, Thread } from './thread.ts';

interface UnsentProps {
  item: Outgoing;
  thread: Thread;
  onUndo: () => void;
}

/** What was written and is not stored yet, or was refused. */
export function Unsent({ item, thread, onUndo }: UnsentProps) {
  return (
    <li className={`entry starts ${item.private ? 'note' : 'right'}`}>
      <p className={item.private ? 'note-text' : `bubble agent-bubble ${item.problem ? 'refused' : 'unconfirmed'}`} dir="auto">
        {linkify(item.text || item.attachments.map(({ name }) => name).join(', '))}
      </p>
      <Foot item={item} onUndo={onUndo} thread={thread} />
    </li>
  );
}

function Foot({ item, thread, onUndo }: UnsentProps) {
  if (item.problem) {
    return (
      <p className="delivery-problem" role="alert">
        Not sent. {item.problem}{' '}
        <button className="link-button" onClick={() => void thread.sendAgain(item)} type="button">
          Send again
        </button>{' '}
        <button className="link-button" onClick={() => thread.discard(item)} type="button">
          Discard
        </button>
      </p>
    );
  }
  if (item.waits) {
    return (
      <p className="meta stamp" role="status">
        Waits for the service, and is sent as soon as it answers.{' '}
        <button className="link-button" onClick={() => thread.discard(item)} type="button">
          Discard
        </button>
      </p>
    );
  }
  if (!item.held) return <p className="meta stamp">Sending</p>;
  return (
    <p className="meta stamp">
      {item.thenClose ? 'Is sent in a moment, then closed' : 'Is sent in a moment'}{' '}
      <button className="link-button" onClick={onUndo} type="button">
        Undo
      </button>
    </p>
  );
}
