import { useCallback, useEffect, useState } from 'react';
import { sentence } from '../../service.ts';
import { useWorkplace } from '../../workplace.ts';
import { Corrections } from './Corrections.tsx';
import { Examples } from './Examples.tsx';
import { path, type IntentCount } from './intents.ts';
import { Models } from './Models.tsx';
import { PartHead } from '../PartHead.tsx';

/** What messages are taken for: the model in use, what people corrected, and the examples that the next model learns. */
export function Understanding() {
  const { service } = useWorkplace();
  const [intents, setIntents] = useState<IntentCount[]>();
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    try {
      setIntents((await service.get<{ items: IntentCount[] }>(path)).items);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service]);

  useEffect(() => void load(), [load]);

  const names = intents?.map(({ intent }) => intent) ?? [];
  return (
    <PartHead
      about="What the assistant takes messages for. It learns from examples; a new model is used once you say so."
      loading={!intents}
      problem={problem}
    >
      <Models />
      <Corrections names={names} onChanged={load} />
      <Examples intents={intents ?? []} onChanged={load} />
    </PartHead>
  );
}
