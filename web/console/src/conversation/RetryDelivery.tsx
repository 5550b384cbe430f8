import { useState } from 'react';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

/** Sends a message that did not arrive once more: only by a person's will, and only by who may. */
export function RetryDelivery({ messageId, mayDouble }: { messageId: string; mayDouble: boolean }) {
  const { service, session } = useWorkplace();
  const [state, setState] = useState<'idle' | 'busy' | 'queued'>('idle');
  const [problem, setProblem] = useState<string>();
  if (!session.may('admin')) return null;

  async function retry() {
    if (mayDouble && !confirm('It may have arrived already, and the customer would get it twice. Send it again?')) return;
    setState('busy');
    try {
      await service.post(`/api/deliveries/${messageId}/retry`, { reason: 'Sent again from the conversation' });
      setState('queued');
      setProblem(undefined);
    } catch (error) {
      setState('idle');
      setProblem(sentence(error));
    }
  }

  return (
    <>
      {' '}
      {state === 'queued' ? (
        <span role="status">It is being sent again.</span>
      ) : (
        <button className="link-button" disabled={state === 'busy'} onClick={() => void retry()} type="button">
          Retry
        </button>
      )}
      {problem && <span role="alert"> {problem}</span>}
    </>
  );
}
