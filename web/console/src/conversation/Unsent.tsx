import { linkify } from '../../../shared/text.tsx';
import { useWorkplace } from '../workplace.ts';
import type { Outgoing } from './outbox.ts';

interface UnsentProps {
  item: Outgoing;
  onUndo: () => void;
}

/** What was written and is not stored yet, or was refused. */
export function Unsent({ item, onUndo }: UnsentProps) {
  return (
    <li className={`entry starts ${item.private ? 'note' : 'right'}`}>
      <p className={item.private ? 'note-text' : `bubble agent-bubble ${item.problem ? 'refused' : 'unconfirmed'}`} dir="auto">
        {linkify(item.text || item.attachments.map(({ name }) => name).join(', '))}
      </p>
      <Foot item={item} onUndo={onUndo} />
    </li>
  );
}

function Foot({ item, onUndo }: UnsentProps) {
  const { outbox } = useWorkplace();
  if (item.problem) {
    return (
      <p className="delivery-problem" role="alert">
        Not sent. {item.problem}{' '}
        <button className="link-button" onClick={() => void outbox.post(item.clientMessageId)} type="button">
          Send again
        </button>{' '}
        <button className="link-button" onClick={() => outbox.discard(item.clientMessageId)} type="button">
          Discard
        </button>
      </p>
    );
  }
  if (item.waits) {
    return (
      <p className="meta stamp" role="status">
        Waits for the service, and is sent as soon as it answers.{' '}
        <button className="link-button" onClick={() => outbox.discard(item.clientMessageId)} type="button">
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
