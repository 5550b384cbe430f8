import { useCallback, useEffect, useState } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { spoken } from '../../names.ts';
import { useWatched } from '../../operations/useWatched.ts';
import { sentence } from '../../service.ts';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { Field, FormDialog } from '../FormDialog.tsx';
import { path, share, versionName, type CanaryFigures, type CanaryView } from './assistant.ts';

const rows: [key: keyof CanaryFigures, name: string][] = [
  ['handedOver', 'Went to people'],
  ['unhappy', 'Customer unhappy after an answer'],
  ['refused', 'A check refused a draft'],
  ['fellBack', 'A model failed'],
];

/** A version that answers some of the conversations, beside the one in use; or how the last one ended. */
export function Trial({ changes, onStopped }: { changes: number; onStopped: () => Promise<void> }) {
  const { service } = useWorkplace();
  const { value, problem, load } = useWatched(
    useCallback(() => service.get<CanaryView | undefined>(`${path}/canary`), [service]),
  );

  const [notStopped, setNotStopped] = useState<string>();

  useEffect(() => {
    if (changes > 0) void load();
  }, [changes, load]);

  async function stop() {
    try {
      await service.post(`${path}/canary/stop`);
    } catch (error) {
      // Its figures, or somebody else, ended it meanwhile: what is read now says so.
      if (!(error instanceof ServiceError) || error.status !== 409) return setNotStopped(sentence(error));
    }
    setNotStopped(undefined);
    await Promise.all([load(), onStopped()]);
  }

  if (problem) {
    return (
      <p className="section-problem" role="alert">
        {problem}
      </p>
    );
  }
  if (!value) return null;
  const { canary, figures, activeFigures } = value;
  const running = canary.status === 'running';
  return (
    <section aria-labelledby="trial">
      <div className="sub-head">
        <h2 id="trial">{running ? `${spoken(versionName(canary.version))} is being tried` : 'The last trial'}</h2>
        {running && (
          <button className="button" onClick={() => void stop()} type="button">
            Stop the trial
          </button>
        )}
      </div>
      <p className="meta">
        {running
          ? `On ${canary.percent} % of the conversations since ${formatWhen(canary.startedAt)}, beside ${versionName(canary.activeVersion)}. It stops by itself where its figures are clearly worse.`
          : `${spoken(versionName(canary.version))} on ${canary.percent} % of the conversations, ended ${formatWhen(canary.endedAt ?? canary.startedAt)}${canary.reason ? `: ${canary.reason}` : ''}.`}
      </p>
      {notStopped && (
        <p className="section-problem" role="alert">
          {notStopped}
        </p>
      )}
      <table className="table trial-figures">
        <thead>
          <tr>
            <th scope="col">Conversations in which</th>
            <th scope="col">{spoken(versionName(canary.version))}</th>
            <th scope="col">{spoken(versionName(canary.activeVersion))}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">It answered</th>
            <td>{figures.conversations.toLocaleString()}</td>
            <td>{activeFigures.conversations.toLocaleString()}</td>
          </tr>
          {rows.map(([key, name]) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{share(figures[key], figures.conversations)}</td>
              <td>{share(activeFigures[key], activeFigures.conversations)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function TrialDialog({ version, onStarted, onClose }: { version: number; onStarted: () => void; onClose: () => void }) {
  const { service } = useWorkplace();
  return (
    <FormDialog
      onClose={onClose}
      onSubmit={async (form) => {
        try {
          await service.post(`${path}/versions/${version}/canary`, { percent: Number(form.get('percent')) });
        } catch (error) {
          if (!(error instanceof ServiceError) || error.status !== 409) throw error;
          throw new ServiceError(409, { detail: 'A version is being tried already. Stop that trial first.' });
        }
        onStarted();
      }}
      ready
      submit="Start the trial"
      title={`Try ${versionName(version)}`}
    >
      <Field
        defaultValue="10"
        help="From 1 to 50. A conversation keeps its version, so that a customer does not meet two."
        label="Percent of the conversations"
        max={50}
        min={1}
        name="percent"
        type="number"
      />
    </FormDialog>
  );
}
