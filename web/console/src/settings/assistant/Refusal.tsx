import { Dialog } from '../../Dialog.tsx';
import { useWorkplace } from '../../workplace.ts';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import type { RefusedTurn } from './assistant.ts';

export interface Refused {
  message: string;
  turns: readonly RefusedTurn[];
  /** Makes the change all the same. */
  force: (reason: string) => Promise<void>;
  leave: () => void;
}

/** Which cases would not come out as they must. An owner may want the change all the same, and says why. */
export function Refusal({ refused: { message, turns, force, leave } }: { refused: Refused }) {
  const { session } = useWorkplace();
  const title = 'The suite refuses this change';
  const reasons = (
    <>
      <p>{message}</p>
      <ul className="changed-lines">
        {turns.map(({ caseId, name, turn, failures }) => (
          <li dir="auto" key={`${caseId} ${turn}`}>
            {name}, answer {turn}: {failures.join('; ')}
          </li>
        ))}
      </ul>
    </>
  );
  if (!session.may('owner')) {
    return (
      <Dialog onClose={leave} title={title}>
        {reasons}
        <p className="form-help">An owner can publish it all the same.</p>
      </Dialog>
    );
  }
  return (
    <FormDialog onClose={leave} onSubmit={(form) => force(textOf(form, 'reason') ?? '')} submit="Publish it all the same" title={title}>
      {reasons}
      <Field help="It is kept beside the cases." label="Why all the same" maxLength={500} name="reason" />
    </FormDialog>
  );
}
