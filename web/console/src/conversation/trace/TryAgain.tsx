import { useState } from 'react';
import type { Message } from '../../contract.ts';
import { sentence } from '../../service.ts';
import { useWorkplace } from '../../workplace.ts';

interface Reproduction {
  same: boolean;
  text: string;
  handOver: boolean;
  knowledgeVersion: number;
  knowledgeVersionThen: number;
}

/** For admins: the answer written again as it was, and the conversation kept as a case that later versions are tried on. */
export function TryAgain({ answer }: { answer: Message }) {
  const { service } = useWorkplace();
  const [again, setAgain] = useState<Reproduction>();
  const [kept, setKept] = useState<{ name: string; unmet?: string[] }>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function act(action: () => Promise<void>) {
    setBusy(true);
    try {
      await action();
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  }

  return (
    <section aria-label="Try it again" className="try-again">
      <div className="actions">
        <button
          className="button"
          disabled={busy}
          onClick={() => void act(async () => setAgain(await service.post<Reproduction>(`/api/traces/${answer.id}/reproduce`)))}
          type="button"
        >
          Write it again
        </button>
        <button
          className="button"
          disabled={busy}
          onClick={() => void act(async () => setKept(await service.post('/api/evaluation/cases', { conversationId: answer.conversationId })))}
          type="button"
        >
          Make the conversation a case
        </button>
      </div>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div role="status">
        {again && (
          <>
            <p>
              {again.same ? 'It comes out the same.' : `It comes out differently${again.handOver ? ', and goes to people' : ''}:`}
              {again.knowledgeVersion !== again.knowledgeVersionThen && <span className="meta"> The knowledge has changed since.</span>}
            </p>
            {!again.same && (
              <q className="trace-quote" dir="auto">
                {again.text}
              </q>
            )}
          </>
        )}
        {kept && (
          <p>
            It is the case “{kept.name}” now, under Settings, Assistant, Cases.
            {kept.unmet && kept.unmet.length > 0 && <span className="meta"> Today it comes out otherwise: {kept.unmet.join('; ')}.</span>}
          </p>
        )}
      </div>
    </section>
  );
}
