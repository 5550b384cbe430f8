import { useState } from 'react';
import { spoken } from '../../names.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { useList } from '../useList.ts';
import { ExampleDialog } from './ExampleDialog.tsx';
import { path, type IntentExample } from './intents.ts';

/** Messages that people say were taken for the wrong thing; the next model learns those that are approved. */
export function Corrections({ names, onChanged }: { names: readonly string[]; onChanged: () => Promise<void> }) {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<IntentExample>(`${path}/examples?status=proposed&limit=200`);
  const [changed, setChanged] = useState<IntentExample>();

  async function review(example: IntentExample, verdict: 'approve' | 'reject') {
    if (await act(() => service.post(`${path}/examples/${example.id}/${verdict}`))) await onChanged();
  }

  return (
    <section aria-labelledby="corrections">
      <div className="sub-head">
        <h2 id="corrections">Corrections to review</h2>
      </div>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {items?.length === 0 && <p className="meta">Nothing waits for a review.</p>}
      <ul className="entries">
        {items?.map((example) => (
          <li className="knowledge" key={example.id}>
            <div className="knowledge-words">
              <p dir="auto">{example.text}</p>
              <p className="meta">
                Should be {spoken(example.intent)}
                {example.predicted && `, was taken for ${spoken(example.predicted)}`} · {formatAgo(example.createdAt)}
              </p>
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => void review(example, 'approve')} type="button">
                Approve<span className="hidden-text"> “{example.text}”</span>
              </button>
              <button className="link-button" onClick={() => setChanged(example)} type="button">
                Change<span className="hidden-text"> “{example.text}”</span>
              </button>
              <button className="link-button" onClick={() => void review(example, 'reject')} type="button">
                Reject<span className="hidden-text"> “{example.text}”</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {changed && (
        <ExampleDialog
          example={changed}
          names={names}
          onClose={() => setChanged(undefined)}
          onSaved={async () => {
            await Promise.all([load(), onChanged()]);
          }}
        />
      )}
    </section>
  );
}
