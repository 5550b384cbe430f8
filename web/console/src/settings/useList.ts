import { useCallback, useEffect, useState } from 'react';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

/** What the service has at a path, and what went wrong with it or with what was done to it. */
export function useFound<Found>(path: string) {
  const { service } = useWorkplace();
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    try {
      setFound(await service.get<Found>(path));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service, path]);

  useEffect(() => void load(), [load]);

  /** @returns Whether it was done; what is there is then as it is after that. */
  const act = async (action: () => Promise<unknown>): Promise<boolean> => {
    try {
      await action();
      await load();
      return true;
    } catch (error) {
      setProblem(sentence(error));
      return false;
    }
  };

  return { found, problem, act, load };
}

/** A list of the service's, and what went wrong with it or with what was done to it. */
export function useList<Item>(path: string) {
  const { found, ...rest } = useFound<{ items: Item[] }>(path);
  return { items: found?.items, ...rest };
}
