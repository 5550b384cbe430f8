import { useState } from 'react';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

interface SummedUp {
  summary?: string;
  messages?: number;
  model?: string;
}

const patienceMs = 40_000;

/** What was said so far, in short, for who takes the conversation up. */
export function Summary({ conversationId }: { conversationId: string }) {
  const { service } = useWorkplace();
  const [summed, setSummed] = useState<SummedUp>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function sumUp() {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setSummed(await service.post<SummedUp>(`/api/conversations/${conversationId}/sum_up`, undefined, { signal: AbortSignal.timeout(patienceMs) }));
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  }

  return (
    <section aria-labelledby="summary" className="summary">
      <h3 id="summary">Summary</h3>
      <div role="status">
        {busy && <p className="meta">The assistant is reading</p>}
        {summed && !summed.summary && <p className="meta">Nothing was said that could be summed up.</p>}
        {summed?.summary && (
          <>
            <p className="summary-text" dir="auto">
              {summed.summary}
            </p>
            <p className="meta">
              {summed.messages === 1 ? 'Of one message' : `Of ${summed.messages} messages`}
              {summed.model === 'offline' ? ', in their own words' : `, by ${summed.model}`}
            </p>
          </>
        )}
      </div>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <button aria-disabled={busy} className="button" onClick={() => void sumUp()} type="button">
        {summed ? 'Sum up again' : 'Sum up the conversation'}
      </button>
    </section>
  );
}
