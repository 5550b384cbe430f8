import { useCallback, useEffect, useState } from 'react';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

/** A list of the service's, and what went wrong with it or with what was done to it. */
export function useList<Item>(path: string) {
  const { service } = useWorkplace();
  const [items, setItems] = useState<Item[]>();
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    try {
      setItems((await service.get<{ items: Item[] }>(path)).items);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service, path]);

  useEffect(() => void load(), [load]);

  /** @returns Whether it was done; the list is then as it is after that. */
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

  return { items, problem, act, load };
}
