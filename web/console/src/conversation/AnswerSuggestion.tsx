import { useEffect, useRef, useState } from 'react';
import { Answer } from '../../../shared/Answer.tsx';
import type { Citation } from '../../../shared/contract.ts';
import { AssistantIcon } from '../../../shared/icons.tsx';
import type { Conversation } from '../contract.ts';
import { useKeys } from '../keys.ts';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

interface Suggested {
  text?: string;
  citations?: readonly Citation[];
}

/** A model may take its time. */
const patienceMs = 40_000;

/** What the assistant would answer, while a person answers: to be read, and then used or not. It is never sent from here. */
export function AnswerSuggestion({ conversation, onUse }: { conversation: Conversation; onUse: (text: string) => void }) {
  const { service } = useWorkplace();
  const [suggested, setSuggested] = useState<Suggested & { after: string | undefined }>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ask = useRef<HTMLButtonElement>(null);
  const use = useRef<HTMLButtonElement>(null);
  const { id, lastMessage } = conversation;

  useKeys({ d: () => void suggest() });

  // Whoever asked by keyboard goes on from here, unless he has begun to write.
  useEffect(() => {
    if (suggested?.text && !document.activeElement?.matches('input, textarea')) use.current?.focus();
  }, [suggested]);

  async function suggest() {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const found = await service.post<Suggested>(`/api/conversations/${id}/suggest_answer`, undefined, { signal: AbortSignal.timeout(patienceMs) });
      setSuggested({ ...found, after: lastMessage?.id });
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  }

  function dismiss() {
    setSuggested(undefined);
    ask.current?.focus();
  }

  return (
    <section aria-label="Suggested answer" className="answer-suggestion">
      {suggested?.text && (
        <div className="suggested">
          <Answer citations={suggested.citations} text={suggested.text} />
          {suggested.after !== lastMessage?.id && <p className="meta">The conversation has gone on since.</p>}
        </div>
      )}
      <div className="suggestion-offer">
        {suggested?.text && (
          <>
            <button
              className="button"
              onClick={() => {
                onUse(suggested.text!);
                setSuggested(undefined);
              }}
              ref={use}
              type="button"
            >
              Use
            </button>
            <button className="button quiet" onClick={dismiss} type="button">
              Dismiss
            </button>
          </>
        )}
        <button aria-disabled={busy} className="button quiet" onClick={() => void suggest()} ref={ask} type="button">
          <AssistantIcon />
          {suggested?.text ? 'Suggest again' : 'Suggest an answer'}
        </button>
        <span className="meta" role="status">
          {busy ? 'The assistant is writing' : suggested && (suggested.text ? <span className="hidden-text">There is a suggestion</span> : 'The assistant has nothing to suggest.')}
        </span>
      </div>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
