import { useEffect, useState } from 'react';
import { spoken } from '../../names.ts';
import { sentence } from '../../service.ts';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';

interface PublishingView {
  suiteRequired: boolean;
  /** What owners published although a case failed. */
  forced: { id: string; kind: string; subject: string; reason: string; at: string }[];
}

const path = '/api/evaluation/publishing';

/** Whether changes wait until every case comes out as it must. */
export function Publishing() {
  const { service, session } = useWorkplace();
  const [view, setView] = useState<PublishingView>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    service.get<PublishingView>(path).then(setView, (error: unknown) => setProblem(sentence(error)));
  }, [service]);

  async function set(suiteRequired: boolean) {
    try {
      setView(await service.put<PublishingView>(path, { suiteRequired }));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <section aria-labelledby="publishing">
      <div className="sub-head">
        <h2 id="publishing">Before something is published</h2>
        {view && session.may('owner') && (
          <button className="button" onClick={() => void set(!view.suiteRequired)} type="button">
            {view.suiteRequired ? 'Publish without a look at the cases' : 'Let changes wait for the cases'}
          </button>
        )}
      </div>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {view && (
        <p role="status">
          {view.suiteRequired
            ? 'Nothing is published that makes a case fail. That counts for versions, models and the knowledge.'
            : 'Changes are published without a look at the cases.'}
        </p>
      )}
      {view && view.forced.length > 0 && (
        <ul aria-label="Published all the same" className="changed-lines">
          {view.forced.map(({ id, kind, subject, reason, at }) => (
            <li key={id}>
              {spoken(kind)} {subject}: <span dir="auto">{reason}</span> <span className="meta">{formatWhen(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
