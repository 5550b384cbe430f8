import { useCallback, useEffect, useState } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { spoken } from '../../names.ts';
import { sentence } from '../../service.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { PartHead } from '../PartHead.tsx';
import { path, versionName, type AssistantVersion } from './assistant.ts';
import { Comparison } from './Comparison.tsx';
import { Trial, TrialDialog } from './Trial.tsx';
import { usePublishing } from './usePublishing.tsx';
import { VersionDialog } from './VersionDialog.tsx';

const builtIn: AssistantVersion = { version: 0, active: false, settings: { instructions: '', strictTopics: [], handOverTopics: [] } };

type Open = { kind: 'new' | 'compare' | 'try'; version: AssistantVersion };

/** The versions of the assistant's settings, which one is in use, and what the others would change. */
export function Versions() {
  const { service } = useWorkplace();
  const [list, setList] = useState<{ activeVersion: number; items: AssistantVersion[] }>();
  const [problem, setProblem] = useState<string>();
  const [open, setOpen] = useState<Open>();
  // Raised by what may have begun or ended a trial.
  const [changes, setChanges] = useState(0);
  const { publish, refusal } = usePublishing();

  const load = useCallback(async () => {
    try {
      setList(await service.get<{ activeVersion: number; items: AssistantVersion[] }>(`${path}/versions`));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service]);

  useEffect(() => void load(), [load]);

  async function reload() {
    await load();
    setChanges((number) => number + 1);
  }

  async function act(action: () => Promise<unknown>, refusal?: string) {
    try {
      await action();
      await reload();
    } catch (error) {
      setProblem(refusal && error instanceof ServiceError && error.status === 409 ? refusal : sentence(error));
    }
  }

  const active = list?.activeVersion ?? 0;
  const versions = list && [...list.items, { ...builtIn, active: active === 0 }];
  const close = () => setOpen(undefined);
  return (
    <PartHead
      about="Each change is a new version. It is used once you say so, on all conversations or first on some of them."
      action={
        versions && (
          <span className="actions">
            {versions.length > 1 && (
              <button className="button" onClick={() => void act(() => service.post(`${path}/versions/roll_back`), 'There is no other version to go back to.')} type="button">
                Back to the one before
              </button>
            )}
            <button className="button primary" onClick={() => setOpen({ kind: 'new', version: versions.find((each) => each.active) ?? builtIn })} type="button">
              Make a version
            </button>
          </span>
        )
      }
      loading={!list}
      problem={problem}
    >
      {list && (
        <p className="meta" role="status">
          The assistant works by {versionName(active)}.
        </p>
      )}
      <Trial changes={changes} onStopped={load} />
      <ul aria-label="Versions" className="entries">
        {versions?.map((version) => (
          <One
            key={version.version}
            onOpen={(kind) => setOpen({ kind, version })}
            onUse={() => void act(() => publish((query) => service.post(`${path}/versions/${version.version}/activate${query}`)))}
            version={version}
          />
        ))}
      </ul>
      {versions?.length === 1 && <p className="notice">There is no version of your own. Make one to tell the assistant its tone, its limits and what goes to people.</p>}
      {refusal}
      {open?.kind === 'new' && (
        <VersionDialog from={open.version} onClose={close} onSave={async (content) => {
          await service.post(`${path}/versions`, content);
          await load();
        }} />
      )}
      {open?.kind === 'compare' && <Comparison from={active} onClose={close} to={open.version.version} />}
      {open?.kind === 'try' && <TrialDialog onClose={close} onStarted={() => setChanges((number) => number + 1)} version={open.version.version} />}
    </PartHead>
  );
}

interface OneProps {
  version: AssistantVersion;
  onOpen: (kind: Open['kind']) => void;
  onUse: () => void;
}

function One({ version: { version, active, settings, note, createdAt }, onOpen, onUse }: OneProps) {
  const name = versionName(version);
  const { instructions, longestAnswer, strictTopics, handOverTopics } = settings;
  const said = [
    longestAnswer !== undefined && `answers of at most ${longestAnswer.toLocaleString()} characters`,
    strictTopics.length > 0 && `only in the words of the knowledge: ${strictTopics.map(spoken).join(', ')}`,
    handOverTopics.length > 0 && `to people at once: ${handOverTopics.map(spoken).join(', ')}`,
  ].filter((part) => part !== false);
  return (
    <li className="knowledge">
      <div className="knowledge-words">
        <h2>
          {version === 0 ? 'Built-in settings' : `Version ${version}`} {active && <span className="success-text">in use</span>}
        </h2>
        <p className="meta">{[note, createdAt && formatAgo(createdAt)].filter(Boolean).join(' · ') || (version === 0 ? 'No instructions of your own' : '')}</p>
        {said.length > 0 && <p>{spoken(said.join('; '))}</p>}
        {instructions && (
          <p className="knowledge-body" dir="auto">
            {instructions}
          </p>
        )}
      </div>
      <div className="actions">
        {!active && (
          <>
            <button className="link-button" onClick={onUse} type="button">
              Use<span className="hidden-text"> {name}</span>
            </button>
            <button className="link-button" onClick={() => onOpen('try')} type="button">
              Try<span className="hidden-text"> {name} on some conversations</span>
            </button>
            <button className="link-button" onClick={() => onOpen('compare')} type="button">
              Compare<span className="hidden-text"> {name} with the one in use</span>
            </button>
          </>
        )}
        <button className="link-button" onClick={() => onOpen('new')} type="button">
          Change<span className="hidden-text"> {name} into a new version</span>
        </button>
      </div>
    </li>
  );
}
