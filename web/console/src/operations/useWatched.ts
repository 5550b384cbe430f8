import { useCallback, useEffect, useState } from 'react';
import { sentence } from '../service.ts';

const everyMs = 10_000;

/** Something that is read again while it is looked at. */
export function useWatched<Value>(read: () => Promise<Value>) {
  const [value, setValue] = useState<Value>();
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    try {
      setValue(await read());
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [read]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void load();
    }, everyMs);
    return () => clearInterval(timer);
  }, [load]);

  return { value, problem, load };
}
