import { useEffect, useState } from 'react';
import { PersonIcon } from '../../../shared/icons.tsx';
import type { Conversation, TeamOfPeople, User } from '../contract.ts';
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
  const [teams, setTeams] = useState<readonly TeamOfPeople[]>([]);
  const [problem, setProblem] = useState<string>();
  const assignee = conversation.assignee;

  useEffect(() => {
    if (!open) return;
    const failed = (error: unknown) => setProblem(sentence(error));
    team.people().then(setPeople, failed);
    team.teams().then(setTeams, failed);
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
          <span className="action-name">{assignee ? (assignee.id === user.id ? 'You' : (assignee.name ?? 'Assigned')) : (conversation.team?.name ?? 'Assign')}</span>
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
        {teams.map((each) => (
          <li key={each.id}>
            <button
              className="choice"
              onClick={() => {
                onOpen(false);
                void thread.give(each);
              }}
              type="button"
            >
              <span dir="auto">{each.name}</span>
              <span className="meta">Team</span>
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
