import { useState } from 'react';
import { postHandshake } from './service.ts';

/** The question that a provider asks before it sends webhooks to an address. */
export function Handshake({ channel }: { channel: string }) {
  const [outcome, setOutcome] = useState<string>();

  async function ask() {
    try {
      const { passed, status } = await postHandshake(channel);
      setOutcome(passed ? 'The address is ours.' : `The address did not prove itself: ${status === 0 ? 'no answer' : `it answered ${status}`}.`);
    } catch (error) {
      setOutcome((error as Error).message);
    }
  }

  return (
    <p className="row handshake">
      <button className="button" onClick={() => void ask()} type="button">
        Verify the address
      </button>
      <span className="meta" role="status">
        {outcome}
      </span>
    </p>
  );
}
