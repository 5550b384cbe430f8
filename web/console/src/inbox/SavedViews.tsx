import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { CloseIcon } from '../../../shared/icons.tsx';
import type { SavedView, TeamOfPeople } from '../contract.ts';
import { Popover } from '../Popover.tsx';
import { goQuery } from '../route.ts';
import { useList } from '../settings/useList.ts';
import { useWorkplace } from '../workplace.ts';
import { addressOf, shows, viewNames, type Filter, type ViewName } from './filters.ts';

const more: ViewName[] = ['overdue', 'unassigned', 'unread', 'mentions', 'closed'];

/** The lists that are needed less often, those that somebody gave a name, and the way to give one to what is shown. */
export function SavedViews({ filter }: { filter: Filter }) {
  const { session, service, team } = useWorkplace();
  const { items = [], problem, act } = useList<SavedView>('/api/saved_views');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [teams, setTeams] = useState<readonly TeamOfPeople[]>([]);
  const answers = session.may('agent');
  const opening = useCallback((wanted: boolean) => setOpen(wanted), []);
  const current = items.find((view) => shows(view, filter));
  const shown = current?.name ?? (more.includes(filter.view) ? viewNames[filter.view] : undefined);

  useEffect(() => {
    if (!open || !answers) return;
    // The lists are of use without the teams.
    team.teams().then(setTeams, () => setTeams([]));
  }, [team, open, answers]);

  const show = (change: Record<string, string | undefined>) => {
    setOpen(false);
    goQuery(change);
  };

  async function save(event: FormEvent) {
    event.preventDefault();
    const { view, channel, label, q, team: teamId } = filter;
    const content = {
      name: name.trim(),
      shared,
      filter: { view, channel: channel || undefined, label: label || undefined, q: q || undefined, team: teamId || undefined },
    };
    if (!content.name || !(await act(() => service.post('/api/saved_views', content)))) return;
    setName('');
    setShared(false);
  }

  return (
    <Popover label={<span className="action-name">{shown ?? 'More'}</span>} onOpen={opening} open={open} title="More lists">
      <ul className="choices">
        {more.map((view) => (
          <li key={view}>
            <button
              aria-pressed={filter.view === view && !current}
              className="choice"
              onClick={() => show({ view, channel: undefined, label: undefined, q: undefined })}
              type="button"
            >
              {viewNames[view]}
            </button>
          </li>
        ))}
        {teams.map(({ id, name: teamName }) => (
          <li key={id}>
            <button aria-pressed={filter.team === id} className="choice" onClick={() => show({ team: filter.team === id ? undefined : id })} type="button">
              <span dir="auto">{teamName}</span>
              <span className="meta">Team</span>
            </button>
          </li>
        ))}
        {items.map((view) => (
          <li className="saved-view" key={view.id}>
            <button
              aria-pressed={view === current}
              className="choice"
              onClick={() => show(addressOf(view.filter))}
              type="button"
            >
              <span dir="auto">{view.name}</span>
              {view.shared && <span className="meta">Shared</span>}
            </button>
            {(view.own || (view.shared && session.may('admin'))) && (
              <button
                aria-label={`Remove the view ${view.name}`}
                className="icon-button small"
                onClick={() => void act(() => service.remove(`/api/saved_views/${view.id}`))}
                type="button"
              >
                <CloseIcon />
              </button>
            )}
          </li>
        ))}
      </ul>
      {answers && !current && (
        <form className="save-view" onSubmit={(event) => void save(event)}>
          <label className="form-field">
            <span>Keep what is shown now as</span>
            <input className="field" maxLength={60} onChange={(event) => setName(event.target.value)} placeholder="Name of the view" value={name} />
          </label>
          <label className="check">
            <input checked={shared} onChange={(event) => setShared(event.target.checked)} type="checkbox" />
            for everybody
          </label>
          <button className="button" disabled={!name.trim()} type="submit">
            Save view
          </button>
        </form>
      )}
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
    </Popover>
  );
}
