import { useEffect, useState, type FormEvent } from 'react';
import type { TeamOfPeople, User } from '../contract.ts';
import { Link } from '../Link.tsx';
import { channelKeys, channelName } from '../names.ts';
import { sentence } from '../service.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { ListSection } from './ListSection.tsx';
import { happenings, listed, sentenceOf, type DryRun, type Happening, type Rule } from './rules.ts';
import { useList } from './useList.ts';

function read(form: FormData) {
  const when = form.get('when') as Happening;
  const channels = form.getAll('channels').map(String);
  return {
    name: textOf(form, 'name'),
    when,
    if: { channels: channels.length > 0 ? channels : undefined, words: when === 'customer_message' ? listed(textOf(form, 'words')) : undefined, label: textOf(form, 'label') },
    then: {
      labels: listed(textOf(form, 'labels')),
      teamId: textOf(form, 'teamId'),
      assigneeId: textOf(form, 'assigneeId'),
      reply: textOf(form, 'reply'),
      note: textOf(form, 'note'),
      handsOver: form.get('handsOver') === 'on',
      closes: form.get('closes') === 'on',
    },
  };
}

export function Rules() {
  const { service, team } = useWorkplace();
  const { items, problem, act, load } = useList<Rule>('/api/rules');
  const { items: teams = [] } = useList<TeamOfPeople>('/api/teams');
  const [people, setPeople] = useState<readonly User[]>([]);

  useEffect(() => {
    // Without them nobody can be chosen.
    team.people().then(setPeople, () => setPeople([]));
  }, [team]);

  async function save(form: FormData, edited: Rule | undefined) {
    const content = { ...read(form), enabled: edited?.enabled ?? true };
    if (edited) await service.put(`/api/rules/${edited.id}`, content);
    else await service.post('/api/rules', content);
    await load();
  }

  return (
    <ListSection
      about="What is done by itself when something happens. Each time it leaves a line in the conversation that only your team sees."
      actions={(rule) => (
        <button className="link-button" onClick={() => void act(() => service.put(`/api/rules/${rule.id}`, { ...rule, enabled: !rule.enabled }))} type="button">
          Switch {rule.enabled ? 'off' : 'on'}
          <span className="hidden-text"> {rule.name}</span>
        </button>
      )}
      add="Add a rule"
      empty="There is none yet. Add one, and try it on your latest conversations before it is on."
      form={(edited, close) => (
        <FormDialog onClose={close} onSubmit={(form) => save(form, edited)} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a rule'}>
          <RuleFields people={people} rule={edited} teams={teams} />
        </FormDialog>
      )}
      items={items}
      onDelete={(rule) => void act(() => service.remove(`/api/rules/${rule.id}`))}
      problem={problem}
      question={(rule) => `Delete the rule “${rule.name}”?`}
      title="Rules"
      words={(rule) => (
        <>
          <p>{sentenceOf(rule, teams.find(({ id }) => id === rule.then.teamId)?.name, people.find(({ id }) => id === rule.then.assigneeId)?.name)}</p>
          {!rule.enabled && <p className="meta">Off</p>}
        </>
      )}
    />
  );
}

interface RuleFieldsProps {
  rule: Rule | undefined;
  teams: readonly TeamOfPeople[];
  people: readonly User[];
}

function RuleFields({ rule, teams, people }: RuleFieldsProps) {
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
      <Choice items={teams} label="Give it to the team" name="teamId" none="No team in particular" value={rule?.then.teamId} />
      <Choice items={people} label="Give it to" name="assigneeId" none="Nobody in particular" value={rule?.then.assigneeId} />
      <Field
        defaultValue={rule?.then.reply}
        help="Written in nobody’s name; {{customer.firstName|there}} is filled. Who asked for no more messages gets none."
        label="Reply"
        maxLength={4_000}
        name="reply"
        required={false}
        rows={3}
      />
      <Field defaultValue={rule?.then.note} label="Leave the note" maxLength={500} name="note" required={false} />
      {when === 'customer_message' && (
        <label className="check">
          <input defaultChecked={rule?.then.handsOver} name="handsOver" type="checkbox" />
          Hand over to people instead of an answer of the assistant
        </label>
      )}
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

interface ChoiceProps {
  label: string;
  name: string;
  none: string;
  items: readonly { id: string; name: string }[];
  value: string | undefined;
}

function Choice({ label, name, none, items, value }: ChoiceProps) {
  // What is chosen stays chosen, before the list is here and where it is not in it.
  const gone = value !== undefined && !items.some(({ id }) => id === value);
  return (
    <label className="form-field">
      <span>{label}</span>
      <select className="field" defaultValue={value ?? ''} key={items.length} name={name}>
        <option value="">{none}</option>
        {gone && <option value={value}>No more here</option>}
        {items.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </select>
    </label>
  );
}
