import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { readSettings, versionName, type AssistantSettings, type AssistantVersion } from './assistant.ts';

interface VersionDialogProps {
  /** What the new one begins with. */
  from: AssistantVersion;
  onSave: (content: { settings: AssistantSettings; note: string | undefined }) => Promise<void>;
  onClose: () => void;
}

export function VersionDialog({ from: { version, settings }, onSave, onClose }: VersionDialogProps) {
  return (
    <FormDialog
      onClose={onClose}
      onSubmit={(form) => onSave({ settings: readSettings(form), note: textOf(form, 'note') })}
      submit="Make the version"
      title="Make a version"
    >
      <p className="form-help">It begins with {versionName(version)}. Nothing changes for customers until it is used.</p>
      <Field
        defaultValue={settings.instructions}
        help="Tone, names, what matters to your business. Told to models after the rules that always hold."
        label="Instructions"
        maxLength={8_000}
        name="instructions"
        required={false}
        rows={8}
      />
      <Field
        defaultValue={settings.longestAnswer === undefined ? undefined : String(settings.longestAnswer)}
        help="In characters, from 200 to 3,000. Empty is what the channel takes."
        label="Longest answer"
        max={3_000}
        min={200}
        name="longestAnswer"
        required={false}
        type="number"
      />
      <Field
        defaultValue={settings.strictTopics.join(', ')}
        help="Intents such as return_policy, with commas between them. No model words these answers."
        label="Only in the words of the knowledge"
        maxLength={4_000}
        name="strictTopics"
        required={false}
      />
      <Field
        defaultValue={settings.handOverTopics.join(', ')}
        help="Intents such as complaint. The customer gets a person without an attempt to answer."
        label="To people at once"
        maxLength={4_000}
        name="handOverTopics"
        required={false}
      />
      <Field help="So that others know later." label="Why it is made" maxLength={500} name="note" required={false} />
    </FormDialog>
  );
}
