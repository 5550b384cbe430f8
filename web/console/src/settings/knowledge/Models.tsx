import { useEffect, useState } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { usePublishing } from '../assistant/usePublishing.tsx';
import { useList } from '../useList.ts';
import { difference, isTraining, modelName, path, percent, type IntentModel, type IntentScores } from './intents.ts';

const watchMs = 3_000;

/** The versions of the model with how each did beside the one in use then, and which one is in use. */
export function Models() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<IntentModel>(`${path}/models`);
  const { publish, refusal } = usePublishing();
  const [said, setSaid] = useState<string>();
  const training = items?.find(isTraining);
  const active = items?.find((model) => model.active)?.version ?? 0;
  const waits = training !== undefined;

  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void load();
    }, watchMs);
    return () => clearInterval(timer);
  }, [waits, load]);

  async function use(version: number) {
    if (await act(() => publish((query) => service.post(`${path}/models/${version}/activate${query}`)))) setSaid(undefined);
  }

  function rollBack() {
    void act(async () => {
      try {
        await service.post(`${path}/models/roll_back`);
        setSaid(undefined);
      } catch (error) {
        if (!(error instanceof ServiceError) || error.status !== 409) throw error;
        setSaid('There is no other model to go back to.');
      }
    });
  }

  return (
    <section aria-labelledby="models">
      <div className="sub-head">
        <h2 id="models">Models</h2>
        <span className="actions">
          {(active > 0 || items?.some(({ status }) => status === 'ready')) && (
            <button className="button" onClick={rollBack} type="button">
              Back to the one before
            </button>
          )}
          {!training && items && (
            <button className="button primary" onClick={() => void act(() => service.post(`${path}/models`))} type="button">
              Train a new model
            </button>
          )}
        </span>
      </div>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {said && (
        <p className="warning-text" role="status">
          {said}
        </p>
      )}
      {items && (
        <p className="meta" role="status">
          Messages are understood by {modelName(active)}.{' '}
          {training && (training.status === 'queued' ? `Model ${training.version} waits to be trained.` : `Model ${training.version} is being trained.`)}
        </p>
      )}
      <ul className="entries">
        {items?.map((model) => (
          <One key={model.version} model={model} onUse={() => void use(model.version)} />
        ))}
        {items && active > 0 && (
          <li className="knowledge">
            <div className="knowledge-words">
              <h3>The starter model</h3>
              <p className="meta">Knows the starter examples only</p>
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => void use(0)} type="button">
                Use<span className="hidden-text"> the starter model</span>
              </button>
            </div>
          </li>
        )}
      </ul>
      {refusal}
    </section>
  );
}

const states = { queued: 'Waits to be trained', training: 'Is being trained', ready: 'Trained', failed: 'Training failed' };

function One({ model, onUse }: { model: IntentModel; onUse: () => void }) {
  const { version, status, active, examples, scores, comparedWith, comparedScores, createdAt, trainedAt } = model;
  const measures: [string, keyof IntentScores][] = [
    ['Understood rightly', 'inScopeAccuracy'],
    ['Recognised as meaning nothing known', 'outsideRecall'],
    ['Mean over the intents (F1)', 'macroF1'],
  ];
  return (
    <li className="knowledge">
      <div className="knowledge-words">
        <h3>
          Model {version} {active && <span className="success-text">in use</span>}
        </h3>
        <p className={status === 'failed' ? 'warning-text' : 'meta'}>
          {states[status]}
          {!isTraining(model) && ` ${formatAgo(trainedAt ?? createdAt)}`}
          {status === 'ready' && ` · ${examples === 1 ? '1 example of your own' : `${examples} examples of your own`}`}
          {status === 'failed' && '. The model in use stays; train another one.'}
        </p>
        {scores && (
          <>
            <dl className="facts scores">
              {measures.map(([name, key]) => (
                <div key={key}>
                  <dt>{name}</dt>
                  <dd>
                    {percent(scores[key])}
                    {comparedScores && (
                      <span className="meta">
                        {' '}
                        {difference(scores[key], comparedScores[key])} ({percent(comparedScores[key])})
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="meta">
              On {scores.examples} examples that were held back
              {comparedScores && comparedWith !== undefined && `, beside ${modelName(comparedWith)} on the same`}
            </p>
          </>
        )}
      </div>
      <div className="actions">
        {status === 'ready' && !active && (
          <button className="link-button" onClick={onUse} type="button">
            Use<span className="hidden-text"> model {version}</span>
          </button>
        )}
      </div>
    </li>
  );
}
