import { useState } from 'react';
import { spoken } from '../../names.ts';
import { useWorkplace } from '../../workplace.ts';
import { useList } from '../useList.ts';
import { ExampleDialog } from './ExampleDialog.tsx';
import { path, type IntentCount, type IntentExample } from './intents.ts';

interface ExamplesProps {
  intents: readonly IntentCount[];
  onChanged: () => Promise<void>;
}

/** The intents, and the workspace's own examples of the one that is open. */
export function Examples({ intents, onChanged }: ExamplesProps) {
  const [open, setOpen] = useState<string>();
  const [adding, setAdding] = useState(false);
  const names = intents.map(({ intent }) => intent);

  return (
    <section aria-labelledby="examples">
      <div className="sub-head">
        <h2 id="examples">Examples</h2>
        <button className="button" onClick={() => setAdding(true)} type="button">
          Add an example
        </button>
      </div>
      <ul className="entries">
        {intents.map(({ intent, starter, approved, proposed }) => (
          <li className="intent" key={intent}>
            <button aria-expanded={open === intent} className="intent-head" onClick={() => setOpen(open === intent ? undefined : intent)} type="button">
              <span>{spoken(intent)}</span>
              <span className="meta">
                {[`${starter} starter`, `${approved} your own`, proposed > 0 && `${proposed} to review`].filter(Boolean).join(' · ')}
              </span>
            </button>
            {/* What was approved elsewhere is read too. */}
            {open === intent && <Own intent={intent} key={approved} names={names} onChanged={onChanged} />}
          </li>
        ))}
      </ul>
      {adding && <ExampleDialog intent={open} names={names} onClose={() => setAdding(false)} onSaved={onChanged} />}
    </section>
  );
}

function Own({ intent, names, onChanged }: { intent: string; names: readonly string[]; onChanged: () => Promise<void> }) {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<IntentExample>(`${path}/examples?status=approved&limit=200&intent=${encodeURIComponent(intent)}`);
  const [changed, setChanged] = useState<IntentExample>();

  async function remove(example: IntentExample) {
    if (confirm(`Delete “${example.text}”? The next model does not learn it.`) && (await act(() => service.remove(`${path}/examples/${example.id}`)))) await onChanged();
  }

  return (
    <>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {items?.length === 0 && <p className="meta intent-none">No examples of your own yet.</p>}
      <ul className="own-examples">
        {items?.map((example) => (
          <li key={example.id}>
            <span className="version-words" dir="auto">
              {example.text}
            </span>
            <button className="link-button" onClick={() => setChanged(example)} type="button">
              Change<span className="hidden-text"> “{example.text}”</span>
            </button>
            <button className="link-button" onClick={() => void remove(example)} type="button">
              Delete<span className="hidden-text"> “{example.text}”</span>
            </button>
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
    </>
  );
}
