import { useState } from 'react';
import { Fact } from '../Fact.tsx';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import type { Settings } from './Workspace.tsx';

const kinds = [
  ['firstResponseMinutes', 'First answer of people'],
  ['nextResponseMinutes', 'Each answer after that'],
  ['resolutionMinutes', 'Until the end'],
] as const;

/** How soon people answer, and what is done to change it. */
export function Targets({ settings, onSave }: { settings: Settings; onSave: (part: object) => Promise<void> }) {
  const [editing, setEditing] = useState(false);
  const { targets } = settings;

  function save(form: FormData) {
    const minutes = Object.fromEntries(kinds.map(([key]) => [key, textOf(form, key)]).map(([key, text]) => [key, text && Number(text)]));
    const none = Object.values(minutes).every((value) => value === undefined);
    return onSave({ targets: none ? null : { ...minutes, businessHoursOnly: form.get('businessHoursOnly') === 'on' } });
  }

  return (
    <>
      <header className="sub-head">
        <h2>Response targets</h2>
        <button className="button" onClick={() => setEditing(true)} type="button">
          Change targets
        </button>
      </header>
      {targets ? (
        <dl className="facts settings-facts">
          {kinds.map(([key, name]) => (
            <Fact key={key} term={name}>
              {targets[key] === undefined ? 'No target' : `${targets[key]} minutes`}
            </Fact>
          ))}
          <Fact term="What counts">{targets.businessHoursOnly ? 'Time within business hours' : 'All time'}</Fact>
        </dl>
      ) : (
        <p className="notice">Nothing is promised. Set how soon people answer, and the inbox shows what is due.</p>
      )}
      {editing && (
        <FormDialog onClose={() => setEditing(false)} onSubmit={save} submit="Save" title="Response targets">
          {kinds.map(([key, name]) => (
            <Field
              defaultValue={targets?.[key] === undefined ? undefined : String(targets[key])}
              help={key === 'firstResponseMinutes' ? 'In minutes, from when the customer waits for people.' : key === 'resolutionMinutes' ? 'In minutes, from when people are first wanted.' : 'In minutes.'}
              key={key}
              label={name}
              max={43_200}
              min={1}
              name={key}
              required={false}
              type="number"
            />
          ))}
          <label className="check">
            <input defaultChecked={targets?.businessHoursOnly ?? true} name="businessHoursOnly" type="checkbox" />
            Only time within business hours counts
          </label>
        </FormDialog>
      )}
    </>
  );
}
