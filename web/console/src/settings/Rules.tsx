import { useState, type FormEvent } from 'react';
import type { TeamOfPeople } from '../contract.ts';
import { Link } from '../Link.tsx';
import { channelKeys, channelName } from '../names.ts';
import { sentence } from '../service.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { happenings, listed, sentenceOf, type DryRun, type Happening, type Rule } from './rules.ts';
import { Section } from './Section.tsx';
import { useList } from './useList.ts';

function read(form: FormData) {
  const when = form.get('when') as Happening;
  const channels = form.getAll('channels').map(String);
  return {
    name: textOf(form, 'name'),
    when,
    if: { channels: channels.length > 0 ? channels : undefined, words: when === 'customer_message' ? listed(textOf(form, 'words')) : undefined, label: textOf(form, 'label') },
    then: { labels: listed(textOf(form, 'labels')), teamId: textOf(form, 'teamId'), note: textOf(form, 'note'), closes: form.get('closes') === 'on' },
  };
}

export function Rules() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<Rule>('/api/rules');
  const { items: teams = [] } = useList<TeamOfPeople>('/api/teams');
  const [dialog, setDialog] = useState<'new' | Rule>();
  const edited = dialog === 'new' ? undefined : dialog;

  async function save(form: FormData) {
    const content = { ...read(form), enabled: edited?.enabled ?? true };
    if (edited) await service.put(`/api/rules/${edited.id}`, content);
    else await service.post('/api/rules', content);
    await load();
  }

  return (
    <Section
      about="What is done by itself when something happens. Each time it leaves a line in the conversation that only your team sees."
      action={
        <button className="button primary" onClick={() => setDialog('new')} type="button">
          Add a rule
        </button>
      }
      loading={!items}
      problem={problem}
      title="Rules"
    >
      {items?.length === 0 && <p className="notice">There is none yet. Add one, and try it on your latest conversations before it is on.</p>}
      <ul className="entries">
        {items?.map((rule) => (
          <li className="knowledge" key={rule.id}>
            <div className="knowledge-words">
              <h2 dir="auto">{rule.name}</h2>
              <p>{sentenceOf(rule, teams.find(({ id }) => id === rule.then.teamId)?.name)}</p>
              {!rule.enabled && <p className="meta">Off</p>}
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => void act(() => service.put(`/api/rules/${rule.id}`, { ...rule, enabled: !rule.enabled }))} type="button">
                Switch {rule.enabled ? 'off' : 'on'}
                <span className="hidden-text"> {rule.name}</span>
              </button>
              <button className="link-button" onClick={() => setDialog(rule)} type="button">
                Edit<span className="hidden-text"> {rule.name}</span>
              </button>
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Delete the rule “${rule.name}”?`)) void act(() => service.remove(`/api/rules/${rule.id}`));
                }}
                type="button"
              >
                Delete<span className="hidden-text"> {rule.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {dialog && (
        <FormDialog onClose={() => setDialog(undefined)} onSubmit={save} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a rule'}>
          <RuleFields rule={edited} teams={teams} />
        </FormDialog>
      )}
    </Section>
  );
}

function RuleFields({ rule, teams }: { rule: Rule | undefined; teams: readonly TeamOfPeople[] }) {
  const { service } = useWorkplace();
  const [when, setWhen] = useState<Happening>(rule?.when ?? 'customer_message');
  const [run, setRun] = useState<DryRun>();
  const [problem, setProblem] = useState<string>();

  async function tryIt(event: FormEvent<HTMLButtonElement>) {
    const form = event.currentTarget.form!;
    try {
      setRun(await service.post<DryRun>('/api/rules/dry_run', read(new FormData(form))));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <>
      <Field defaultValue={rule?.name} label="Name" maxLength={60} name="name" />
      <label className="form-field">
        <span>When</span>
        <select className="field" name="when" onChange={(event) => setWhen(event.target.value as Happening)} value={when}>
          {Object.entries(happenings).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {when === 'customer_message' && (
        <Field
          defaultValue={rule?.if.words?.join(', ')}
          help="One of them is enough. With commas between them."
          label="If the message has the words"
          maxLength={1_000}
          name="words"
          required={false}
        />
      )}
      <Field defaultValue={rule?.if.label} label="If the conversation has the label" maxLength={64} name="label" required={false} />
      <fieldset className="form-field">
        <legend>If it is on one of these channels (none chosen: on any)</legend>
        <div className="check-columns">
          {channelKeys.map((key) => (
            <label className="check" key={key}>
              <input defaultChecked={rule?.if.channels?.includes(key)} name="channels" type="checkbox" value={key} />
              {channelName(key)}
            </label>
          ))}
        </div>
      </fieldset>
      <Field defaultValue={rule?.then.labels?.join(', ')} help="With commas between them." label="Then add the labels" maxLength={640} name="labels" required={false} />
      <label className="form-field">
        <span>Give it to</span>
        <select className="field" defaultValue={rule?.then.teamId ?? ''} name="teamId">
          <option value="">Nobody in particular</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Field defaultValue={rule?.then.note} label="Leave the note" maxLength={500} name="note" required={false} />
      <label className="check">
        <input defaultChecked={rule?.then.closes} name="closes" type="checkbox" />
        Close the conversation
      </label>
      <div>
        <button className="button" onClick={(event) => void tryIt(event)} type="button">
          Try it on the latest conversations
        </button>
      </div>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div role="status">
        {run && (
          <p>
            It would have been for {run.matched.toLocaleString()} of {run.looked.toLocaleString()}
            {when === 'customer_message' ? ' messages' : ' conversations'}. Nothing was done.
          </p>
        )}
      </div>
      {run && run.items.length > 0 && (
        <ul className="dry-run">
          {run.items.map((item, index) => (
            <li key={index}>
              <Link target="_blank" to={['inbox', item.conversationId]}>
                {item.customerName ?? channelName(item.channel)}
              </Link>{' '}
              <span className="meta">{formatWhen(item.at)}</span>
              {item.text && <p dir="auto">{item.text}</p>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
