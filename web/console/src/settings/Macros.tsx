import type { Macro, TeamOfPeople } from '../contract.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { ListSection } from './ListSection.tsx';
import { actionsOf } from './macros.ts';
import { listed } from './rules.ts';
import { useList } from './useList.ts';

export function Macros() {
  const { session, service } = useWorkplace();
  const { items, problem, act, load } = useList<Macro>('/api/macros');
  const { items: teams = [] } = useList<TeamOfPeople>('/api/teams');
  const writes = session.may('admin');

  async function save(form: FormData, edited: Macro | undefined) {
    const to = String(form.get('to'));
    const content = {
      name: textOf(form, 'name'),
      text: textOf(form, 'text'),
      private: form.get('private') === 'on',
      labels: listed(textOf(form, 'labels')) ?? [],
      assignToMe: to === 'me',
      teamId: to && to !== 'me' ? to : undefined,
      closes: form.get('closes') === 'on',
    };
    if (edited) await service.put(`/api/macros/${edited.id}`, content);
    else await service.post('/api/macros', content);
    await load();
  }

  return (
    <ListSection
      about="Several actions by one choice, for what your team does the same way each time. They are below the reply."
      add={writes ? 'Add a macro' : undefined}
      empty={writes ? 'There is none yet. Add one that answers, labels and closes what comes every day.' : 'There is none yet. An admin can add what you do often.'}
      form={(edited, close) => (
        <FormDialog onClose={close} onSubmit={(form) => save(form, edited)} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a macro'}>
          <Field defaultValue={edited?.name} help="Such as Refund sent." label="Name" maxLength={60} name="name" />
          <Field
            defaultValue={edited?.text}
            help="{{customer.firstName|there}} and the other variables of canned answers are filled."
            label="Text"
            maxLength={4_000}
            name="text"
            required={false}
            rows={4}
          />
          <label className="check">
            <input defaultChecked={edited?.private} name="private" type="checkbox" />
            The text is a private note
          </label>
          <Field defaultValue={edited?.labels.join(', ')} help="With commas between them." label="Labels to add" maxLength={640} name="labels" required={false} />
          <label className="form-field">
            <span>Give it to</span>
            <select className="field" defaultValue={edited?.assignToMe ? 'me' : (edited?.teamId ?? '')} name="to">
              <option value="">Nobody else</option>
              <option value="me">Whoever chooses the macro</option>
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="check">
            <input defaultChecked={edited?.closes} name="closes" type="checkbox" />
            Close the conversation
          </label>
        </FormDialog>
      )}
      items={items}
      onDelete={(macro) => void act(() => service.remove(`/api/macros/${macro.id}`))}
      problem={problem}
      question={(macro) => `Delete “${macro.name}”?`}
      title="Macros"
      words={(macro) => (
        <>
          <p className="meta">{actionsOf(macro, teams.find(({ id }) => id === macro.teamId)?.name).join(', ')}</p>
          {macro.text && (
            <p className="knowledge-body" dir="auto">
              {macro.text}
            </p>
          )}
        </>
      )}
    />
  );
}
