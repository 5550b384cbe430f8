import { useWorkplace } from '../../workplace.ts';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { intentKey, path, type IntentExample } from './intents.ts';

interface ExampleDialogProps {
  /** Absent: a new one. */
  example?: IntentExample;
  intent?: string;
  names: readonly string[];
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** What a customer may write, and what it means. Saved here, it is approved. */
export function ExampleDialog({ example, intent, names, onClose, onSaved }: ExampleDialogProps) {
  const { service } = useWorkplace();
  return (
    <FormDialog
      onClose={onClose}
      onSubmit={async (form) => {
        const content = { intent: intentKey(textOf(form, 'intent') ?? ''), text: textOf(form, 'text') };
        if (example) await service.put(`${path}/examples/${example.id}`, content);
        else await service.post(`${path}/examples`, content);
        await onSaved();
      }}
      submit={example ? 'Save and approve' : 'Add the example'}
      title={example ? 'Change the example' : 'Add an example'}
    >
      <Field defaultValue={example?.text} help="As a customer writes it." label="Text" maxLength={500} name="text" rows={3} />
      <Field
        defaultValue={example?.intent ?? intent}
        help="One that exists, or a new one: a few letters and digits, such as gift_wrapping."
        label="Intent"
        list={names}
        maxLength={64}
        name="intent"
      />
    </FormDialog>
  );
}
