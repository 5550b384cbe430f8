import { Link } from '../Link.tsx';
import { useRoute } from '../route.ts';
import { useStore } from '../store.ts';
import { useWorkplace } from '../workplace.ts';
import type { Outgoing } from './outbox.ts';

/** What was refused after its writer had gone on to something else. */
export function Refusals() {
  const { outbox } = useWorkplace();
  const { path } = useRoute();
  const open = path[0] === 'inbox' ? path[1] : undefined;
  // The open conversation shows its own.
  const [item, ...others] = useStore(outbox).filter(({ problem, conversationId, messageId }) => problem && (conversationId !== open || messageId));
  if (!item) return null;

  return (
    <p className="strip problem-strip" role="alert">
      {what(item)} {item.problem} {others.length > 0 && `There ${others.length === 1 ? 'is one more' : `are ${others.length} more`}. `}
      <Link className="link-button" to={['inbox', item.conversationId]}>
        Open the conversation
      </Link>{' '}
      <button className="link-button" onClick={() => outbox.discard(item.clientMessageId)} type="button">
        {item.messageId ? 'Dismiss' : 'Discard'}
      </button>
    </p>
  );
}

function what({ messageId, private: isPrivate, to = 'the customer' }: Outgoing): string {
  if (messageId) return `Your reply to ${to} was sent, but the conversation was not closed.`;
  return isPrivate ? `Your note on ${to} was not stored.` : `Your reply to ${to} was not sent.`;
}
