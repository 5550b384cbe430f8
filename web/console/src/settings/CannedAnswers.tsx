import { useState } from 'react';
import type { CannedAnswer } from '../contract.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { Section } from './Section.tsx';
import { useList } from './useList.ts';

export function CannedAnswers() {
  const { session, service } = useWorkplace();
  const { items, problem, act, load } = useList<CannedAnswer>('/api/canned_answers');
  const [dialog, setDialog] = useState<'new' | CannedAnswer>();
  const edited = dialog === 'new' ? undefined : dialog;
  const writes = session.may('admin');

  async function save(form: FormData) {
    const content = { shortcut: textOf(form, 'shortcut')?.toLowerCase(), text: textOf(form, 'text') };
    if (edited) await service.put(`/api/canned_answers/${edited.id}`, content);
    else await service.post('/api/canned_answers', content);
    await load();
  }

  return (
    <Section
      about="What your team writes often. While writing, a slash and the beginning of the shortcut bring it."
      action={
        writes && (
          <button className="button primary" onClick={() => setDialog('new')} type="button">
            Add an answer
          </button>
        )
      }
      loading={!items}
      problem={problem}
      title="Canned answers"
    >
      {items?.length === 0 && (
        <p className="notice">{writes ? 'There is none yet. Add the one that you write most often.' : 'There is none yet. An admin can add what you write often.'}</p>
      )}
      <ul className="entries">
        {items?.map((answer) => (
          <li className="knowledge" key={answer.id}>
            <div className="knowledge-words">
              <h2>/{answer.shortcut}</h2>
              <p className="knowledge-body" dir="auto">
                {answer.text}
              </p>
            </div>
            {writes && (
              <div className="actions">
                <button className="link-button" onClick={() => setDialog(answer)} type="button">
                  Edit<span className="hidden-text"> {answer.shortcut}</span>
                </button>
                <button
                  className="link-button"
                  onClick={() => {
                    if (confirm(`Delete “/${answer.shortcut}”?`)) void act(() => service.remove(`/api/canned_answers/${answer.id}`));
                  }}
                  type="button"
                >
                  Delete<span className="hidden-text"> {answer.shortcut}</span>
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {dialog && (
        <FormDialog onClose={() => setDialog(undefined)} onSubmit={save} submit="Save" title={edited ? `Edit “/${edited.shortcut}”` : 'Add a canned answer'}>
          <Field defaultValue={edited?.shortcut} help="Letters a to z, digits, dashes; such as hours." label="Shortcut" maxLength={40} name="shortcut" />
          <Field
            defaultValue={edited?.text}
            help="{{customer.firstName|there}} becomes the customer’s first name, or “there” where nobody knows it. Also customer.name, me.name, me.firstName and channel."
            label="Text"
            maxLength={4_000}
            name="text"
            rows={6}
          />
        </FormDialog>
      )}
    </Section>
  );
}
