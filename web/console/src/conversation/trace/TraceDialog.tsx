import { useEffect, useState, type ReactNode } from 'react';
import { formatMoney } from '../../../../shared/format.ts';
import { ServiceError } from '../../../../shared/http.ts';
import type { Message } from '../../contract.ts';
import { Dialog } from '../../Dialog.tsx';
import { Fact } from '../../Fact.tsx';
import { spoken } from '../../names.ts';
import { sentence } from '../../service.ts';
import { formatDuration, formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { CorrectIntent } from './CorrectIntent.tsx';
import { inWords, stageMs, type Trace, type Writer } from './trace.ts';
import './trace.css';
import { TryAgain } from './TryAgain.tsx';

/** Why the assistant said what it said, from what it read to what it cost. */
export function TraceDialog({ answer, onClose }: { answer: Message; onClose: () => void }) {
  const { service, session } = useWorkplace();
  const [trace, setTrace] = useState<Trace | 'none'>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let current = true;
    service.get<Trace>(`/api/traces/${answer.id}`).then(
      (found) => current && setTrace(found),
      (error: unknown) => {
        if (!current) return;
        if (error instanceof ServiceError && error.status === 404) setTrace('none');
        else setProblem(sentence(error));
      },
    );
    return () => {
      current = false;
    };
  }, [service, answer.id]);

  return (
    <Dialog onClose={onClose} title="Why did it say that?">
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {!trace && !problem && (
        <div aria-hidden="true" className="figure-skeleton">
          <span />
        </div>
      )}
      {trace === 'none' && <p className="notice trace-none">How this answer came about is not kept any more. It is kept for 30 days.</p>}
      {trace && trace !== 'none' && (
        <>
          <Timeline answer={answer} trace={trace} />
          {session.may('admin') && <TryAgain answer={answer} />}
        </>
      )}
    </Dialog>
  );
}

function Timeline({ answer, trace }: { answer: Message; trace: Trace }) {
  const { understanding, wishes, sources, tools, checks, writers } = trace;
  const cited = sources.filter((source) => source.cited);
  const failed = checks.filter(({ passed }) => !passed);
  return (
    <>
      <p className="trace-sum">
        {summary(trace)} <span className="meta">{formatWhen(trace.createdAt)}</span>
      </p>
      <ol className="trace">
        <Step ms={stageMs(trace, 'understand')} title="What it understood">
          {understanding.length === 0 && <p className="meta">Nothing was asked.</p>}
          {understanding.map((read) => (
            <div key={read.messageId}>
              {spoken(read.intent)} <span className="meta">{`${Math.round(read.confidence * 100)} % sure, ${read.sentiment}, ${read.language}`}</span>{' '}
              <CorrectIntent answer={answer} read={read} />
            </div>
          ))}
          {wishes.length > 0 && (
            <ul className="trace-list">
              {wishes.map((wish, index) => (
                <li dir="auto" key={index}>
                  “{wish.text}” <span className="meta">{spoken(wish.kind)}</span>
                </li>
              ))}
            </ul>
          )}
        </Step>
        <Step ms={stageMs(trace, 'gather')} title="What it could rest on">
          {sources.length === 0 ? (
            <p className="meta">Nothing in the knowledge fits.</p>
          ) : (
            <ul className="trace-list">
              {[...cited, ...sources.filter((source) => !source.cited)].map((source) => (
                <li dir="auto" key={`${source.kind}-${source.documentId}`}>
                  {source.url ? (
                    <a href={source.url} rel="noopener noreferrer" target="_blank">
                      {source.title}
                    </a>
                  ) : (
                    source.title
                  )}{' '}
                  <span className="meta">{source.cited ? 'cited' : 'read, not cited'}</span>
                  {source.spans.map(({ quote }, index) => (
                    <q className="trace-quote" key={index}>
                      {quote}
                    </q>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Step>
        {tools.length > 0 && (
          <Step title="What it looked up or did">
            <ul className="trace-list">
              {tools.map((tool) => (
                <li key={tool.id}>
                  {spoken(tool.name)}, {inWords(tool.status)} <span className="meta">{formatDuration(tool.ms)}</span>
                  <details>
                    <summary>Asked and answered</summary>
                    <pre className="trace-raw">{typeof tool.arguments === 'string' ? tool.arguments : JSON.stringify(tool.arguments, null, 2)}</pre>
                    {tool.result !== undefined && <pre className="trace-raw">{tool.result}</pre>}
                  </details>
                </li>
              ))}
            </ul>
          </Step>
        )}
        <Step ms={stageMs(trace, 'write')} title="Who wrote it">
          <ul className="trace-list">
            {writers.map((writer, index) => (
              <li key={index}>
                {writer.model === 'offline' ? 'The built-in responder' : writer.model} {inWords(writer.outcome)}
                {writer.reason && `: ${inWords(writer.reason)}`} <span className="meta">{weight(writer)}</span>
                {writer.detail && <span className="meta trace-detail">{writer.detail}</span>}
              </li>
            ))}
          </ul>
        </Step>
        <Step ms={stageMs(trace, 'check')} title="What was checked">
          {checks.length === 0 && <p className="meta">Nothing was checked.</p>}
          {checks.length > 0 && failed.length === 0 && <p>Every check passed: {[...new Set(checks.map(({ name }) => name))].join(', ')}.</p>}
          {failed.length > 0 && (
            <ul className="trace-list">
              {failed.map((check, index) => (
                <li key={index}>
                  Draft {check.draft} failed “{check.name}”
                  {check.reason && `: ${inWords(check.reason)}`} {check.detail && <span className="meta">{check.detail}</span>}
                </li>
              ))}
            </ul>
          )}
        </Step>
      </ol>
      <dl className="facts trace-facts">
        <Fact term="Model">{trace.model === 'offline' ? 'Built-in responder' : `${trace.model} (${trace.provider})`}</Fact>
        {trace.promptVersion && <Fact term="Prompt">{trace.promptVersion}</Fact>}
        {trace.tokens && <Fact term="Tokens">{`${trace.tokens.input} read, ${trace.tokens.output} written`}</Fact>}
        <Fact term="Cost">{trace.cost ? formatMoney(trace.cost) : 'None known'}</Fact>
        <Fact term="Time">{formatDuration(trace.latencyMs)}</Fact>
        {trace.knowledgeVersion !== undefined && <Fact term="Knowledge">version {trace.knowledgeVersion}</Fact>}
      </dl>
    </>
  );
}

function summary({ outcome, handOver, error }: Trace): string {
  if (outcome === 'failed') return `No answer was written${error ? ` (${error})` : ''}; the conversation went to people.`;
  if (outcome === 'obsolete') return 'This was written, and not sent: somebody wrote or took over meanwhile.';
  return handOver ? 'It answered and handed over to people.' : 'It answered by itself.';
}

function weight({ ms, calls, tokens, cost }: Writer): string {
  return [
    ms !== undefined && formatDuration(ms),
    calls !== undefined && calls > 1 && `${calls} calls`,
    tokens && `${tokens.input + tokens.output} tokens`,
    cost && formatMoney(cost),
  ]
    .filter(Boolean)
    .join(' · ');
}

function Step({ title, ms, children }: { title: string; ms?: number; children: ReactNode }) {
  return (
    <li className="trace-step">
      <h3>
        {title} {ms !== undefined && <span className="meta">{formatDuration(ms)}</span>}
      </h3>
      {children}
    </li>
  );
}
