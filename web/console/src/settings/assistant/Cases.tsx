import { Link } from '../../Link.tsx';
import { saveFile } from '../../save-file.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { PartHead } from '../PartHead.tsx';
import { useList } from '../useList.ts';
import { Publishing } from './Publishing.tsx';
import { Suite } from './Suite.tsx';

interface EvaluationCase {
  id: string;
  name: string;
  conversationId: string;
  turns: number;
  createdAt: string;
}

/** Real conversations that every change can be tried on. */
export function Cases() {
  const { service } = useWorkplace();
  const { items, problem, act } = useList<EvaluationCase>('/api/evaluation/cases');

  return (
    <PartHead
      about="Conversations that should go the same way after every change. Personal data is masked."
      action={
        items &&
        items.length > 0 && (
          <button
            className="button"
            onClick={() =>
              void act(async () => {
                const suite = await service.get<unknown>('/api/evaluation/suite');
                saveFile('suite.json', new Blob([JSON.stringify(suite, null, 2)], { type: 'application/json' }));
              })
            }
            type="button"
          >
            Save as a suite
          </button>
        )
      }
      loading={!items}
      problem={problem}
    >
      {items?.length === 0 && (
        <p className="notice">There is none yet. Open a conversation, choose “Why this answer” below an answer, and make a case of it.</p>
      )}
      <ul aria-label="Cases" className="entries">
        {items?.map(({ id, name, conversationId, turns, createdAt }) => (
          <li className="knowledge" key={id}>
            <div className="knowledge-words">
              <h2 dir="auto">{name}</h2>
              <p className="meta">
                {turns === 1 ? '1 answer' : `${turns} answers`} · {formatAgo(createdAt)} ·{' '}
                <Link to={['inbox', conversationId]}>
                  The conversation<span className="hidden-text"> of {name}</span>
                </Link>
              </p>
            </div>
            <div className="actions">
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Delete the case “${name}”? The conversation stays.`)) void act(() => service.remove(`/api/evaluation/cases/${id}`));
                }}
                type="button"
              >
                Delete<span className="hidden-text"> {name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {items && items.length > 0 && (
        <>
          <Suite cases={items} />
          <Publishing />
        </>
      )}
      {items && items.length > 0 && (
        <p className="form-help">
          Saved as a suite, the cases also run on a terminal: <code>dotnet run --project AiService -- evaluate conversations suite.json</code>
        </p>
      )}
    </PartHead>
  );
}
