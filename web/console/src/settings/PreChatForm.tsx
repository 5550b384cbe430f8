import { useState } from 'react';
import type { PreChat } from '../../../shared/contract.ts';
import { ServiceError } from '../../../shared/http.ts';
import { Fact } from '../Fact.tsx';
import { FormDialog } from './FormDialog.tsx';

const questions = [
  ['name', 'Name'],
  ['email', 'E-mail'],
  ['message', 'First message'],
] as const;

const ways = { '': 'Not asked', optional: 'Asked, can stay empty', required: 'Needed to begin' };

/** What visitors are asked before the chat, and what is done to change it. */
export function PreChatForm({ preChat, onSave }: { preChat: PreChat | undefined; onSave: (part: object) => Promise<void> }) {
  const [editing, setEditing] = useState(false);

  async function save(form: FormData) {
    const asked = Object.fromEntries(questions.map(([key]) => [key, form.get(key) || undefined]));
    if (asked.message && !asked.name && !asked.email) throw new ServiceError(400, { detail: 'Ask for the name or the e-mail too: a first message alone needs no form.' });
    await onSave({ preChat: asked.name || asked.email ? asked : null });
  }

  return (
    <>
      <header className="sub-head">
        <h2>Questions before the chat</h2>
        <button className="button" onClick={() => setEditing(true)} type="button">
          Change questions
        </button>
      </header>
      {preChat ? (
        <dl className="facts settings-facts">
          {questions.map(([key, name]) => (
            <Fact key={key} term={name}>
              {ways[preChat[key] ?? '']}
            </Fact>
          ))}
        </dl>
      ) : (
        <p className="notice">Visitors write at once. Ask for a name or an e-mail if you need to know who writes.</p>
      )}
      {editing && (
        <FormDialog onClose={() => setEditing(false)} onSubmit={save} submit="Save" title="Questions before the chat">
          {questions.map(([key, name]) => (
            <label className="form-field" key={key}>
              <span>{name}</span>
              <select className="field" defaultValue={preChat?.[key] ?? ''} name={key}>
                {Object.entries(ways).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <p className="form-help">Nobody is asked for what is known of him already.</p>
        </FormDialog>
      )}
    </>
  );
}
