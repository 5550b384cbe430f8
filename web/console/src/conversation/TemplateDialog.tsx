import { useState } from 'react';
import { Field, FormDialog, textOf } from '../settings/FormDialog.tsx';
import { textOfTemplate, usedTemplates, valuesOf, type Template } from './templates.ts';
import type { Thread } from './thread.ts';

/** What may be sent when the reply window is over: a text that the provider approved. */
export function TemplateDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  async function send(form: FormData) {
    const template = templateOf(form);
    usedTemplates.keep(template);
    void thread.send(textOf(form, 'text') ?? textOfTemplate(template), false, { template });
  }

  return (
    <FormDialog onClose={onClose} onSubmit={send} submit="Send the template" title="Send a template">
      <TemplateFields />
      <Field help="For your team, who see it in the conversation. Empty: the template and its values." label="How it reads" maxLength={4_000} name="text" required={false} rows={2} />
    </FormDialog>
  );
}

/** What a form with `TemplateFields` says. */
export function templateOf(form: FormData): Template {
  return { name: textOf(form, 'name') ?? '', language: textOf(form, 'language'), values: valuesOf(String(form.get('values') ?? '')) };
}

/** Which template, and what stands in its places. */
export function TemplateFields() {
  const [used] = useState(() => usedTemplates.list());
  const [chosen, setChosen] = useState<number>();
  const start = chosen === undefined ? undefined : used[chosen];

  return (
    <>
      {used.length > 0 && (
        <label className="form-field">
          <span>Sent before</span>
          <select
            className="field"
            onChange={(event) => setChosen(event.target.value === '' ? undefined : Number(event.target.value))}
            value={chosen ?? ''}
          >
            <option value="">Another one</option>
            {used.map(({ name, language }, index) => (
              <option key={`${name}-${language}`} value={index}>
                {language ? `${name} (${language})` : name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Field
        defaultValue={start?.name}
        help="As the provider knows it: the name at Meta, the content’s id (HX…) at Twilio."
        key={`name-${chosen}`}
        label="Template"
        maxLength={512}
        name="name"
      />
      <Field
        defaultValue={start?.language}
        help="At Meta, such as en or en_GB."
        key={`language-${chosen}`}
        label="Language"
        maxLength={15}
        name="language"
        required={false}
      />
      <Field help="One a line, in the order of the template’s places." label="Values" name="values" required={false} rows={3} />
    </>
  );
}
