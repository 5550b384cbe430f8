import { useCallback } from 'react';
import { useWorkplace } from '../workplace.ts';
import { useWatched } from './useWatched.ts';

type State = 'healthy' | 'degraded' | 'unhealthy';

interface Dependency {
  name: string;
  status: State;
  latencyMs: number;
  description?: string;
}

interface Part extends Dependency {
  instances: number;
  answering: number;
  dependencies?: Dependency[];
}

interface Health {
  status: State;
  dependencies: Part[];
}

const words: Record<State, string> = { healthy: 'Works', degraded: 'Works with limits', unhealthy: 'Does not answer' };

const names: Record<string, string> = {
  chat: 'Conversations',
  channels: 'Channels',
  ai: 'Assistant',
  analytics: 'Figures',
  cache: 'Cache',
  chatdb: 'Database of conversations',
  channeldb: 'Database of channels',
  aidb: 'Database of the assistant',
  analyticsdb: 'Database of figures',
  messaging: 'Message broker',
};

export function SystemHealth() {
  const { service } = useWorkplace();
  const { value, problem } = useWatched(useCallback(() => service.get<Health>('/health/comprehensive'), [service]));
  return (
    <section aria-labelledby="system-health">
      <h2 id="system-health">System</h2>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && (
        <div aria-hidden="true" className="figure-skeleton">
          <span />
        </div>
      )}
      {value && (
        <ul className="parts">
          {value.dependencies.map((part) => (
            <li key={part.name}>
              <p className="part-head">
                <span className="part-name">{names[part.name] ?? part.name}</span>
                <StateWord state={part.status} />
              </p>
              <p className="meta">
                {part.instances > 1 ? `${part.answering} of ${part.instances} answer` : ''}
                {part.instances > 1 ? ' · ' : ''}
                {part.latencyMs} ms
              </p>
              {part.dependencies
                ?.filter(({ status }) => status !== 'healthy')
                .map((dependency) => (
                  <p className="part-problem" key={dependency.name}>
                    {names[dependency.name] ?? dependency.name}: {words[dependency.status].toLowerCase()}
                    {dependency.description && `. ${dependency.description}`}
                  </p>
                ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function StateWord({ state }: { state: State }) {
  return <span className={state === 'healthy' ? 'success-text' : state === 'degraded' ? 'warning-text' : 'danger-text'}>{words[state]}</span>;
}
