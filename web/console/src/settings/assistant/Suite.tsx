import { useEffect, useRef, useState } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { sentence } from '../../service.ts';
import { useWorkplace } from '../../workplace.ts';

/** What came out of a case with what is in use now. */
export interface CaseRun {
  id: string;
  name: string;
  met: boolean;
  turns: { said: string[]; text: string; failures: string[] }[];
}

interface SuiteProps {
  cases: readonly { id: string; name: string }[];
}

/** Has the workspace's cases again, one after the other, and shows what comes out of each as soon as it is known. */
export function Suite({ cases }: SuiteProps) {
  const { service } = useWorkplace();
  const [done, setDone] = useState<readonly CaseRun[]>([]);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const wanted = useRef(false);

  // Whoever leaves the page wants no more of it.
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  async function run() {
    wanted.current = true;
    setDone([]);
    setProblem(undefined);
    setRunning(true);
    try {
      for (const { id } of cases) {
        if (!wanted.current) break;
        const result = await one(id);
        if (result) setDone((known) => [...known, result]);
      }
    } catch (error) {
      setProblem(sentence(error));
    }
    setRunning(false);
  }

  async function one(id: string): Promise<CaseRun | undefined> {
    try {
      return await service.post<CaseRun>(`/api/evaluation/cases/${id}/run`);
    } catch (error) {
      // A colleague has deleted it in the meantime.
      if (error instanceof ServiceError && error.status === 404) return undefined;
      throw error;
    }
  }

  const missed = done.filter(({ met }) => !met);
  return (
    <section aria-labelledby="suite">
      <div className="sub-head">
        <h2 id="suite">What comes out now</h2>
        {running ? (
          <button
            className="button"
            onClick={() => {
              wanted.current = false;
            }}
            type="button"
          >
            Stop
          </button>
        ) : (
          <button className="button primary" onClick={() => void run()} type="button">
            Run the suite
          </button>
        )}
      </div>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {running && (
        <div className="upload">
          <progress aria-label="Cases that were run" max={cases.length} value={done.length} />
          <span className="meta">
            {done.length} of {cases.length}
          </span>
        </div>
      )}
      <p className="meta" role="status">
        {!running && done.length > 0 ? outcome(done.length, missed.length) : !running && 'Each case is had again with what is in use now. Nothing is sent to anybody.'}
      </p>
      {done.length > 0 && (
        <ul aria-label="Results" className="entries">
          {done.map((result) => (
            <Result key={result.id} result={result} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Result({ result: { name, met, turns } }: { result: CaseRun }) {
  return (
    <li className="knowledge">
      <details className="case-run">
        <summary>
          <span dir="auto">{name}</span> <span className={met ? 'success-text' : 'warning-text'}>{met ? 'as it must' : 'not as it must'}</span>
        </summary>
        <ol className="case-turns">
          {turns.map(({ said, text, failures }, index) => (
            <li key={index}>
              <p className="meta" dir="auto">
                {said.join(' ')}
              </p>
              <p className="knowledge-body" dir="auto">
                {text}
              </p>
              {failures.map((failure) => (
                <p className="warning-text" dir="auto" key={failure}>
                  {failure}
                </p>
              ))}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

function outcome(run: number, missed: number): string {
  const cases = run === 1 ? '1 case' : `${run} cases`;
  if (missed === 0) return run === 1 ? 'The case comes out as it must.' : `All ${cases} come out as they must.`;
  return `${missed} of ${cases} ${missed === 1 ? 'does' : 'do'} not come out as ${missed === 1 ? 'it' : 'they'} must.`;
}
