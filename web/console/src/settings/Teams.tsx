import { useEffect, useState } from 'react';
import type { TeamOfPeople, User } from '../contract.ts';
import { channelKeys, channelName } from '../names.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { Section } from './Section.tsx';
import { useList } from './useList.ts';

export function Teams() {
  const { session, service, team, user } = useWorkplace();
  const { items, problem, act, load } = useList<TeamOfPeople>('/api/teams');
  const [people, setPeople] = useState<readonly User[]>([]);
  const [dialog, setDialog] = useState<'new' | TeamOfPeople>();
  const edited = dialog === 'new' ? undefined : dialog;
  const writes = session.may('admin');
  const mine = items?.flatMap(({ members }) => members).find(({ id }) => id === user.id);

  useEffect(() => {
    // Without them nobody can be chosen, and the form says so.
    team.people().then(setPeople, () => setPeople([]));
  }, [team]);

  async function save(form: FormData) {
    const content = {
      name: textOf(form, 'name'),
      capacity: Number(form.get('capacity')),
      takesHandOvers: form.get('takesHandOvers') === 'on',
      channels: form.getAll('channels'),
      members: form.getAll('members'),
    };
    if (edited) await service.put(`/api/teams/${edited.id}`, content);
    else await service.post('/api/teams', content);
    await load();
  }

  return (
    <Section
      about="What waits for people goes to members in turn, to each as much as he has room for, and on when somebody becomes free."
      action={
        writes && (
          <button className="button primary" onClick={() => setDialog('new')} type="button">
            Add a team
          </button>
        )
      }
      loading={!items}
      problem={problem}
      title="Teams"
    >
      {mine && (
        <p className="notice">
          {mine.away ? 'You are away: nothing new is given to you. ' : 'New conversations are given to you. '}
          <button className="link-button" onClick={() => void act(() => service.put('/api/teams/away', { away: !mine.away }))} type="button">
            {mine.away ? 'I am back' : 'I am away'}
          </button>
        </p>
      )}
      {items?.length === 0 && (
        <p className="notice">{writes ? 'There is none yet. Until there is one, whoever wants takes what waits.' : 'There is none yet. An admin can make one.'}</p>
      )}
      <ul className="entries">
        {items?.map((each) => (
          <li className="knowledge" key={each.id}>
            <div className="knowledge-words">
              <h2 dir="auto">{each.name}</h2>
              <p className="meta">
                {each.takesHandOvers ? `Takes what is handed over on ${each.channels.length === 0 ? 'all channels' : each.channels.map(channelName).join(', ')}` : 'Takes what people give it'}
                , {each.capacity} at a time for each member
              </p>
              {each.members.length === 0 ? (
                <p className="warning-text">Nobody is in it: what it takes waits.</p>
              ) : (
                <ul className="members">
                  {each.members.map((member) => (
                    <li key={member.id}>
                      <span dir="auto">{member.name}</span>{' '}
                      <span className="meta">{member.away ? 'away' : `${member.working} of ${each.capacity}`}</span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
            {writes && (
              <div className="actions">
                <button className="link-button" onClick={() => setDialog(each)} type="button">
                  Edit<span className="hidden-text"> {each.name}</span>
                </button>
                <button
                  className="link-button"
                  onClick={() => {
                    if (confirm(`Delete the team “${each.name}”? Its members keep what they work on.`)) void act(() => service.remove(`/api/teams/${each.id}`));
                  }}
                  type="button"
                >
                  Delete<span className="hidden-text"> {each.name}</span>
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {dialog && (
        <FormDialog onClose={() => setDialog(undefined)} onSubmit={save} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a team'}>
          <Field defaultValue={edited?.name} label="Name" maxLength={60} name="name" />
          <Field
            defaultValue={String(edited?.capacity ?? 5)}
            help="Open conversations that a member answers, from all teams."
            label="At a time for each member"
            max={500}
            min={1}
            name="capacity"
            type="number"
          />
          <fieldset className="form-field">
            <legend>Members</legend>
            {people.length === 0 && <span className="form-help">There is nobody who answers yet. Add people under People and roles.</span>}
            {people.map(({ id, name }) => (
              <label className="check" key={id}>
                <input defaultChecked={edited?.members.some((member) => member.id === id)} name="members" type="checkbox" value={id} />
                <span dir="auto">{name}</span>
              </label>
            ))}
          </fieldset>
          <label className="check">
            <input defaultChecked={edited?.takesHandOvers ?? true} name="takesHandOvers" type="checkbox" />
            Takes what the assistant hands over
          </label>
          <fieldset className="form-field">
            <legend>On these channels (none chosen: on all)</legend>
            <div className="check-columns">
              {channelKeys.map((key) => (
                <label className="check" key={key}>
                  <input defaultChecked={edited?.channels.includes(key)} name="channels" type="checkbox" value={key} />
                  {channelName(key)}
                </label>
              ))}
            </div>
          </fieldset>
        </FormDialog>
      )}
    </Section>
  );
}
