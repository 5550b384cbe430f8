import { AssistantIcon, PersonIcon } from '../../../shared/icons.tsx';
import type { Conversation } from '../contract.ts';
import { clockOf } from '../inbox/clock.ts';
import { isWaiting } from '../inbox/filters.ts';
import { useNow } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import type { Thread } from './thread.ts';

const shownBelowMs = 4 * 3_600_000;

/** Who answers now, and the way to change it. */
export function TurnBar({ conversation, thread, writes }: { conversation: Conversation; thread: Thread; writes: boolean }) {
  const { user } = useWorkplace();
  const { status, turn, assignee, satisfaction, customer } = conversation;
  if (status === 'closed') {
    return (
      <div className="turn-bar">
        <span>
          This conversation is closed. The customer’s next message goes on.
          {satisfaction !== undefined && ` The customer rated it ${satisfaction} of 5.`}
        </span>
      </div>
    );
  }
  // Who sells to the shop is answered by people from his first message on.
  const supplier = customer.supplier === true;
  const assistant = turn === 'assistant' && !supplier;
  const mine = assignee?.id === user.id;
  return (
    <div className={`turn-bar ${assistant ? 'assistant' : ''}`}>
      <span className="turn-holder" role="status">
        {assistant ? <AssistantIcon /> : <PersonIcon />}
        {assistant ? 'Assistant is answering' : answering(conversation, mine)}
      </span>
      <Due conversation={conversation} />
      <Window expiresAt={conversation.windowExpiresAt} />
      {writes && (
        <span className="turn-actions">
          {(assistant || !mine) && (
            <button className="button" onClick={() => void thread.takeOver().then(() => (turn === 'assistant' ? undefined : thread.assign(user)))} type="button">
              Take over
            </button>
          )}
          {!assistant && !supplier && (
            <button className="button" onClick={() => void thread.handBack()} type="button">
              Hand back
            </button>
          )}
        </span>
      )}
    </div>
  );
}

/** Which people. */
function answering(conversation: Conversation, mine: boolean): string {
  const { status, assignee, customer } = conversation;
  if (status === 'pending' && isWaiting(conversation)) return 'Waits for people';
  if (mine) return 'You are answering';
  if (assignee) return `${assignee.name ?? 'A colleague'} is answering`;
  return customer.supplier ? 'A supplier: people answer' : 'People are answering';
}

/** By when people promised to answer, or to be done. */
function Due({ conversation }: { conversation: Conversation }) {
  const clock = clockOf(conversation, useNow());
  if (!clock?.words) return null;
  return <span className={`window ${clock.level === 'danger' ? 'over' : ''}`}>{clock.words}</span>;
}

/** Some messengers take a reply only so long after the customer's last message. */
function Window({ expiresAt }: { expiresAt: string | undefined }) {
  const now = useNow();
  if (!expiresAt) return null;
  const left = Date.parse(expiresAt) - now;
  if (left > shownBelowMs) return null;
  if (left <= 0) return <span className="window over">The reply window is over. The messenger refuses free text until the customer writes.</span>;
  const minutes = Math.ceil(left / 60_000);
  return (
    <span className={`window ${minutes <= 30 ? 'over' : ''}`}>
      Reply window: {minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`} left
    </span>
  );
}
