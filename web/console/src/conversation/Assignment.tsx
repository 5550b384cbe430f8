import { useEffect, useState } from 'react';
import { PersonIcon } from '../../../shared/icons.tsx';
import type { Conversation, User } from '../contract.ts';
import { Popover } from '../Popover.tsx';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';
import type { Thread } from './thread.ts';

interface AssignmentProps {
  conversation: Conversation;
  thread: Thread;
  open: boolean;
  onOpen: (open: boolean) => void;
}

export function Assignment({ conversation, thread, open, onOpen }: AssignmentProps) {
  const { team, user } = useWorkplace();
  const [people, setPeople] = useState<readonly User[]>([]);
  const [problem, setProblem] = useState<string>();
  const assignee = conversation.assignee;

  useEffect(() => {
    if (!open) return;
    team.people().then(setPeople, (error: unknown) => setProblem(sentence(error)));
  }, [team, open]);

  const assign = (to: { id: string; name: string } | undefined) => {
    onOpen(false);
    void thread.assign(to);
  };

  return (
    <Popover
      label={
        <>
          <PersonIcon />
          <span className="action-name">{assignee ? (assignee.id === user.id ? 'You' : (assignee.name ?? 'Assigned')) : 'Assign'}</span>
        </>
      }
      onOpen={onOpen}
      open={open}
      title="Assign"
    >
      <ul className="choices">
        {assignee?.id !== user.id && (
          <li>
            <button className="choice" onClick={() => assign(user)} type="button">
              Assign to me
            </button>
          </li>
        )}
        {people
          .filter(({ id }) => id !== user.id && id !== assignee?.id)
          .map((person) => (
            <li key={person.id}>
              <button className="choice" onClick={() => assign(person)} type="button">
                {person.name}
                <span className="meta">{person.email}</span>
              </button>
            </li>
          ))}
        {assignee && (
          <li>
            <button className="choice" onClick={() => assign(undefined)} type="button">
              Nobody
            </button>
          </li>
        )}
      </ul>
      {problem && <p className="form-problem">{problem}</p>}
    </Popover>
  );
}
