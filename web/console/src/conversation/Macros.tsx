import { useEffect, useState } from 'react';
import type { Conversation, Macro } from '../contract.ts';
import { Popover } from '../Popover.tsx';
import { sentence } from '../service.ts';
import { actionsOf } from '../settings/macros.ts';
import { useWorkplace } from '../workplace.ts';
import { fill } from './canned.ts';
import type { Thread } from './thread.ts';

/** Several actions by one choice; the choice says what it will do. */
export function Macros({ conversation, thread, canAnswer }: { conversation: Conversation; thread: Thread; canAnswer: boolean }) {
  const { team, user } = useWorkplace();
  const [open, setOpen] = useState(false);
  const [macros, setMacros] = useState<readonly Macro[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (!open) return;
    team.macros().then(setMacros, (error: unknown) => setProblem(sentence(error)));
  }, [team, open]);

  const offered = macros?.filter((macro) => canAnswer || !macro.text || macro.private);
  return (
    <Popover label="Macros" onOpen={setOpen} open={open} title="Macros">
      {offered?.length === 0 && <p className="meta">There is none yet. Admins add them under Settings, Macros.</p>}
      <ul className="choices">
        {offered?.map((macro) => (
          <li key={macro.id}>
            <button
              className="choice macro-choice"
              onClick={() => {
                setOpen(false);
                void thread.runMacro(macro.id, macro.text && fill(macro.text, conversation, user));
              }}
              type="button"
            >
              <span dir="auto">{macro.name}</span>
              <span className="meta">{actionsOf(macro).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
    </Popover>
  );
}
