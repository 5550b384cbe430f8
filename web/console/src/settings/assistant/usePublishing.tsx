import { useState, type ReactNode } from 'react';
import { sentence } from '../../service.ts';
import { refusedTurns } from './assistant.ts';
import { Refusal, type Refused } from './Refusal.tsx';

/**
 * Publishes what the suite may refuse. Where it does, the cases are shown, and an owner may have the change all the same;
 * whoever leaves it at that gets the refusal as it came.
 */
export function usePublishing(): { publish: <Result>(change: (query: string) => Promise<Result>) => Promise<Result>; refusal: ReactNode } {
  const [refused, setRefused] = useState<Refused>();

  const publish = async <Result,>(change: (query: string) => Promise<Result>): Promise<Result> => {
    try {
      return await change('');
    } catch (error) {
      const turns = refusedTurns(error);
      if (!turns) throw error;
      return new Promise<Result>((resolve, reject) =>
        setRefused({
          message: sentence(error),
          turns,
          force: async (reason) => resolve(await change(`?force=${encodeURIComponent(reason)}`)),
          leave: () => {
            setRefused(undefined);
            // After a change that was made all the same, this rejects nothing any more.
            reject(error);
          },
        }),
      );
    }
  };

  return { publish, refusal: refused && <Refusal refused={refused} /> };
}
