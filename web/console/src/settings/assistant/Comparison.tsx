import { useEffect, useState } from 'react';
import { Dialog } from '../../Dialog.tsx';
import { spoken } from '../../names.ts';
import { sentence } from '../../service.ts';
import { useWorkplace } from '../../workplace.ts';
import { path, settingNames, versionName, type SettingChange } from './assistant.ts';

/** What another version would change. */
export function Comparison({ from, to, onClose }: { from: number; to: number; onClose: () => void }) {
  const { service } = useWorkplace();
  const [changes, setChanges] = useState<SettingChange[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    service.get<{ changes: SettingChange[] }>(`${path}/versions/${from}/compare`, { with: to }).then(
      (comparison) => setChanges(comparison.changes),
      (error: unknown) => setProblem(sentence(error)),
    );
  }, [service, from, to]);

  return (
    <Dialog onClose={onClose} title={`${spoken(versionName(to))} beside ${versionName(from)}`}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {changes?.length === 0 && <p className="notice">They are the same.</p>}
      {changes?.map(({ setting, removed, added }) => (
        <section className="comparison" key={setting}>
          <h3 className="dialog-title">{settingNames[setting]}</h3>
          <Lines lines={removed} mark="−" name={`Not in ${versionName(to)}`} />
          <Lines lines={added} mark="+" name={`New in ${versionName(to)}`} />
        </section>
      ))}
    </Dialog>
  );
}

function Lines({ name, mark, lines }: { name: string; mark: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <p className="meta">{name}</p>
      <ul className="changed-lines">
        {lines.map((line, index) => (
          <li dir="auto" key={index}>
            <span aria-hidden="true" className="meta">
              {mark}
            </span>{' '}
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}
