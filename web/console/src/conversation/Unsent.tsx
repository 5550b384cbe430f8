import { linkify } from '../../../shared/text.tsx';
import type { Outgoing, Thread } from './thread.ts';

/** What was written and is not stored yet, or was refused. */
export function Unsent({ item, thread }: { item: Outgoing; thread: Thread }) {
  return (
    <li className={`entry starts ${item.private ? 'note' : 'right'}`}>
      <p className={item.private ? 'note-text' : `bubble agent-bubble ${item.problem ? 'refused' : 'unconfirmed'}`} dir="auto">
        {linkify(item.text || 'Attachment')}
      </p>
      {item.problem ? (
        <p className="delivery-problem" role="alert">
          Not sent. {item.problem}{' '}
          <button className="link-button" onClick={() => void thread.sendAgain(item)} type="button">
            Send again
          </button>{' '}
          <button className="link-button" onClick={() => thread.discard(item)} type="button">
            Discard
          </button>
        </p>
      ) : (
        <p className="meta stamp">Sending</p>
      )}
    </li>
  );
}
