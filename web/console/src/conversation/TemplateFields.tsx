import { useState } from 'react';
import type { StoredTemplate } from '../contract.ts';
import { Field, textOf as textIn } from '../settings/FormDialog.tsx';
import { useList } from '../settings/useList.ts';
import { filled, placesOf, usedTemplates, valuesOf, type Template } from './templates.ts';

const another = 'another';

/** What a form with `TemplateFields` says, and whether it is one that the workspace keeps. */
export function templateOf(form: FormData): { template: Template; stored: boolean } {
  const stored = form.has('stored-text');
  const values = stored ? form.getAll('value').map((value) => String(value).trim()) : valuesOf(String(form.get('values') ?? ''));
  return { template: { name: textIn(form, 'name') ?? '', language: textIn(form, 'language'), values }, stored };
}

/** How it reads in the conversation: a stored one says that itself. */
export function textOf(form: FormData): string | undefined {
  const stored = textIn(form, 'stored-text');
  return stored ? filled(stored, templateOf(form).template.values) : textIn(form, 'template-text');
}

/**
 * Which template, and what stands in its places: one of those that the workspace keeps for this conversation, or any other by its name.
 * @param readable A typed one can be put into words for the team.
 */
export function TemplateFields({ conversationId, readable = false }: { conversationId: string; readable?: boolean }) {
  const { items, problem } = useList<StoredTemplate>(`/api/templates?conversationId=${conversationId}`);
  const [used] = useState(() => usedTemplates.list());
  const [chosen, setChosen] = useState('');
  // Where they cannot be read, one can still be typed.
  if (!items && !problem) return <p className="meta">Loading the templates</p>;

  const stored = items?.find(({ id }) => id === chosen);
  const typed = used.filter(({ name, language }) => !items?.some((item) => item.name === name && item.language === language));
  const nothingKept = !items?.length && typed.length === 0;
  const label = ({ name, language }: Pick<Template, 'name' | 'language'>) => (language ? `${name} (${language})` : name);
  return (
    <>
      {problem && <p className="meta">{problem}</p>}
      {!nothingKept && (
        <label className="form-field">
          <span>Template</span>
          <select className="field" name="template" onChange={(event) => setChosen(event.target.value)} required value={chosen}>
            <option value="">Choose one</option>
            {items?.map((item) => (
              <option key={item.id} value={item.id}>
                {label(item)}
              </option>
            ))}
            {typed.length > 0 && (
              <optgroup label="Sent before from here">
                {typed.map((item, index) => (
                  <option key={label(item)} value={`typed-${index}`}>
                    {label(item)}
                  </option>
                ))}
              </optgroup>
            )}
            <option value={another}>Another one, by its name</option>
          </select>
        </label>
      )}
      {stored && <Stored key={stored.id} template={stored} />}
      {!stored && (nothingKept || chosen !== '') && (
        <Typed key={chosen} readable={readable} start={chosen.startsWith('typed-') ? typed[Number(chosen.slice('typed-'.length))] : undefined} />
      )}
    </>
  );
}

function Stored({ template: { name, language, text } }: { template: StoredTemplate }) {
  const [values, setValues] = useState<string[]>([]);
  const places = placesOf(text);
  return (
    <div
      className="form"
      onInput={(event) => setValues([...event.currentTarget.querySelectorAll<HTMLInputElement>('[name="value"]')].map(({ value }) => value))}
    >
      <input name="name" type="hidden" value={name} />
      <input name="language" type="hidden" value={language ?? ''} />
      <input name="stored-text" type="hidden" value={text} />
      {places.map((place) => (
        <Field key={place} label={`Value ${place}`} maxLength={1_024} name="value" />
      ))}
      <section aria-label="Preview" className="template-preview">
        <p className="meta">What the customer reads</p>
        <p className="template-text" dir="auto">
          {filled(text, values)}
        </p>
      </section>
    </div>
  );
}

/** Under what name the provider has a template. */
export function ProviderFields({ known }: { known: Pick<Template, 'name' | 'language'> | undefined }) {
  return (
    <>
      <Field
        defaultValue={known?.name}
        help="As the provider knows it: the name at Meta, the content’s id (HX…) at Twilio."
        label="Name"
        maxLength={512}
        name="name"
      />
      <Field defaultValue={known?.language} help="At Meta, such as en or en_GB." label="Language" maxLength={15} name="language" required={false} />
    </>
  );
}

function Typed({ start, readable }: { start: Pick<Template, 'name' | 'language'> | undefined; readable: boolean }) {
  return (
    <>
      <ProviderFields known={start} />
      <Field help="One a line, in the order of the template’s places." label="Values" name="values" required={false} rows={3} />
      {readable && (
        <Field
          help="For your team, who see it in the conversation. Empty: the template and its values."
          label="How it reads"
          maxLength={4_000}
          name="template-text"
          required={false}
          rows={2}
        />
      )}
    </>
  );
}
