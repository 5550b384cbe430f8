import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { channelKeys, channelName, spoken } from '../names.ts';
import { Link } from '../Link.tsx';
import { go, goQuery, useRoute } from '../route.ts';
import { behindQuery, type Behind } from './behind.ts';
import { saveFile } from '../save-file.ts';
import { sentence } from '../service.ts';
import { formatDuration } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { Chart } from './Chart.tsx';
import {
  averageMs,
  bucketsOf,
  changeInWords,
  rangeBefore,
  rangeOf,
  seriesOf,
  spans,
  sum,
  valueOf,
  type FigureAnswer,
  type Span,
} from './figures.ts';
import './figures.css';

const refreshMs = 30_000;
const tables = ['channel_stats', 'intent_stats', 'sentiment_stats', 'response_times', 'funnel', 'model_metrics', 'promises', 'satisfaction'] as const;
type Table = (typeof tables)[number];

interface Loaded {
  range: ReturnType<typeof rangeOf>;
  answers: Record<Table, FigureAnswer>;
  before: Record<'channel_stats' | 'funnel', FigureAnswer>;
}

export function FiguresPage() {
  const { service } = useWorkplace();
  const { query } = useRoute();
  const asked = query.get('span') as Span | null;
  const span: Span = asked && asked in spans ? asked : 'today';
  const channel = query.get('channel') ?? '';
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    document.title = 'Figures · Assistify';
  }, []);

  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    async function load() {
      const range = rangeOf(span, Date.now());
      const of = (table: string, within: { from: string; to: string }) =>
        service.get<FigureAnswer>(`/api/analytics/${table}`, { from: within.from, to: within.to, bucket: range.bucket, channel });
      try {
        const before = rangeBefore(range);
        const [answers, channelsBefore, funnelBefore] = await Promise.all([
          Promise.all(tables.map(async (table) => [table, await of(table, range)] as const)),
          of('channel_stats', before),
          of('funnel', before),
        ]);
        if (!current) return;
        setLoaded({
          range,
          answers: Object.fromEntries(answers) as Record<Table, FigureAnswer>,
          before: { channel_stats: channelsBefore, funnel: funnelBefore },
        });
        setProblem(undefined);
      } catch (error) {
        if (current) setProblem(sentence(error));
      }
      if (current) timer = setTimeout(() => void load(), refreshMs);
    }
    void load();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [service, span, channel]);

  return (
    <main className="page figures" tabIndex={0}>
      <header className="page-head">
        <h1>Figures</h1>
        <div aria-label="Time" className="tabs" role="group">
          {(Object.keys(spans) as Span[])
            .sort((a, b) => Number(a === 'today' ? 0 : a) - Number(b === 'today' ? 0 : b))
            .map((key) => (
              <button aria-pressed={span === key} className="tab" key={key} onClick={() => goQuery({ span: key === 'today' ? undefined : key })} type="button">
                {spans[key]}
              </button>
            ))}
        </div>
        <select
          aria-label="Channel"
          className="field channel-field"
          onChange={(event) => goQuery({ channel: event.target.value || undefined })}
          value={channel}
        >
          <option value="">All channels</option>
          {channelKeys.map((key) => (
            <option key={key} value={key}>
              {channelName(key)}
            </option>
          ))}
        </select>
      </header>
      {problem && (
        <p className="strip problem-strip" role="alert">
          {problem}
        </p>
      )}
      {loaded ? <Figures channel={channel} loaded={loaded} onProblem={setProblem} span={span} /> : !problem && <Skeleton />}
    </main>
  );
}

function Figures({ loaded, span, channel, onProblem }: { loaded: Loaded; span: Span; channel: string; onProblem: (problem: string) => void }) {
  const { range, answers, before } = loaded;
  const buckets = useMemo(() => bucketsOf(range.from, range.to, range.bucket), [range]);
  const messages = sum(answers.channel_stats.totals);
  const begun = valueOf(answers.funnel.totals, 'received');
  const handed = valueOf(answers.funnel.totals, 'handed_over');
  const mean = averageMs(answers.response_times.totals);
  const period = span === 'today' ? 'yesterday by now' : `in the ${spans[span]} before`;
  const series = (table: Table, most?: number) => seriesOf(answers[table].items, answers[table].totals, buckets, most);
  const times = seriesOf(
    answers.response_times.items.map((item) => ({ ...item, count: item.p50Ms ?? 0 })),
    answers.response_times.totals,
    buckets,
    channelKeys.length,
  );
  const query = (figure: string, key?: string, within: { from: string; to: string } = range) =>
    behindQuery({ figure, key, channel: channel || undefined, from: within.from, to: within.to } satisfies Behind, span);
  const to = (figure: string) => (key?: string) => query(figure, key);
  const openBucket = (figure: string) => (start: number) => {
    const step = range.bucket === 'hour' ? 3_600_000 : 86_400_000;
    const within = { from: new Date(Math.max(start, Date.parse(range.from))).toISOString(), to: new Date(Math.min(start + step, Date.parse(range.to))).toISOString() };
    go(['figures', 'behind'], query(figure, undefined, within));
  };
  const csv = (table: Table) => <Csv channel={channel} onProblem={onProblem} range={range} table={table} />;

  return (
    <>
      <dl className="key-figures">
        <Key change={changeInWords(messages, sum(before.channel_stats.totals), period)} name="Messages from customers" to={messages > 0 ? query('channel_stats') : undefined} value={messages.toLocaleString()} />
        <Key change={changeInWords(begun, valueOf(before.funnel.totals, 'received'), period)} name="Conversations begun" to={begun > 0 ? query('funnel', 'received') : undefined} value={begun.toLocaleString()} />
        <Key
          change={begun === 0 ? 'None begun' : handed === 0 ? `None of ${begun.toLocaleString()} came to people` : <Opens to={query('funnel', 'handed_over')}>{`${handed.toLocaleString()} of ${begun.toLocaleString()} came to people`}</Opens>}
          name="Kept by the assistant"
          to={begun > handed ? query('funnel', 'kept') : undefined}
          value={begun === 0 ? '–' : `${Math.round(((begun - handed) / begun) * 100)}%`}
        />
        <Key
          change={`Mean of ${sum(answers.response_times.totals).toLocaleString()} answers by the assistant`}
          name="Time to answer"
          to={mean === undefined ? undefined : query('response_times')}
          value={mean === undefined ? '–' : formatDuration(mean)}
        />
      </dl>
      {messages === 0 && (
        <p className="notice">
          No customer wrote in this time{channel && ` over ${channelName(channel)}`}.{' '}
          {span !== '90' && (
            <button className="link-button" onClick={() => goQuery({ span: '90' })} type="button">
              Show 90 days
            </button>
          )}
        </p>
      )}
      <div className="figure-cards">
        <Card action={csv('channel_stats')} title="Messages by channel">
          <Chart
            bucket={range.bucket}
            buckets={buckets}
            colourOf={(key) => `series-channel-${key}`}
            nameOf={channelName}
            onOpen={openBucket('channel_stats')}
            series={series('channel_stats', 5)}
            to={to('channel_stats')}
            title="Messages from customers by channel"
          />
        </Card>
        <Card action={csv('response_times')} title="Time to answer, median">
          <Chart
            bucket={range.bucket}
            buckets={buckets}
            colourOf={(key) => `series-channel-${key}`}
            format={formatDuration}
            kind="line"
            nameOf={channelName}
            onOpen={openBucket('response_times')}
            series={times}
            to={to('response_times')}
            title="Median time to answer by channel"
          />
        </Card>
        <Card action={csv('intent_stats')} title="What customers want">
          <Shares nameOf={spoken} to={to('intent_stats')} totals={answers.intent_stats.totals} />
        </Card>
        <Card action={csv('sentiment_stats')} title="How they sound">
          <Chart
            bucket={range.bucket}
            buckets={buckets}
            colourOf={(key) => `series-${key}`}
            onOpen={openBucket('sentiment_stats')}
            series={series('sentiment_stats')}
            to={to('sentiment_stats')}
            title="Sentiment of customers’ messages"
          />
        </Card>
        <Card action={csv('funnel')} title="How far conversations came">
          <Shares keepOrder nameOf={(key) => (key === 'received' ? 'Begun' : spoken(key))} to={to('funnel')} totals={answers.funnel.totals} whole={begun} />
        </Card>
        <Card action={csv('promises')} title="What people promised">
          <Promises answer={answers.promises} kept={to('promises_kept')} of={to('promises')} />
        </Card>
        <Card action={csv('satisfaction')} title="How customers rate it">
          <Shares keepOrder nameOf={(key) => `${key} of 5`} to={to('satisfaction')} totals={answers.satisfaction.totals.toReversed()} />
        </Card>
        <Card action={csv('model_metrics')} title="Answers by model">
          <Models answer={answers.model_metrics} to={to('model_metrics')} />
        </Card>
      </div>
      <p className="meta figure-note">
        Days are those of UTC. Figures are at most 10 seconds behind and renewed every half minute.{' '}
        Each number and each bar opens the conversations behind it.
      </p>
    </>
  );
}

/**
 * A number that opens the conversations behind it.
 * @param to Absent where there is nothing to open.
 */
function Opens({ to, children }: { to: URLSearchParams | undefined; children: ReactNode }) {
  if (!to) return children;
  return (
    <Link className="figure-number" query={to} to={['figures', 'behind']}>
      {children}
    </Link>
  );
}

function Key({ name, value, change, to }: { name: string; value: string; change: ReactNode; to: URLSearchParams | undefined }) {
  return (
    <div className="key-figure">
      <dt>{name}</dt>
      <dd className="key-value">
        <Opens to={to}>{value}</Opens>
      </dd>
      <dd className="meta">{change}</dd>
    </div>
  );
}

function Card({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="figure-card">
      <header>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}

function Shares({
  totals,
  nameOf,
  keepOrder = false,
  whole,
  to,
}: {
  totals: FigureAnswer['totals'];
  nameOf: (key: string) => string;
  keepOrder?: boolean;
  whole?: number;
  to: (key: string) => URLSearchParams;
}) {
  const all = whole ?? sum(totals);
  if (all === 0) return <p className="chart-empty">Nothing in this time yet.</p>;
  const rows = keepOrder ? totals : [...totals].sort((a, b) => b.count - a.count).slice(0, 8);
  return (
    <ul className="shares">
      {rows.map(({ key, count }) => (
        <li key={key}>
          <span>{nameOf(key)}</span>
          <span aria-hidden="true" className="share-bar">
            <span style={{ inlineSize: `${(count / all) * 100}%` }} />
          </span>
          <span className="share-count">
            <Opens to={count > 0 ? to(key) : undefined}>{count.toLocaleString()}</Opens>{' '}
            <span className="meta">{Math.round((count / all) * 100)}%</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const promised: Record<string, string> = { first_response: 'First answer', next_response: 'Next answer', resolution: 'End' };

interface PromisesProps {
  answer: FigureAnswer;
  kept: (key: string) => URLSearchParams;
  of: (key: string) => URLSearchParams;
}

function Promises({ answer, kept: toKept, of: toAll }: PromisesProps) {
  if (answer.totals.length === 0) return <p className="chart-empty">No promise fell due in this time. Targets are set under Settings, Workspace.</p>;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Promise</th>
          <th className="number">Kept</th>
          <th className="number">Of</th>
        </tr>
      </thead>
      <tbody>
        {answer.totals.map(({ key, count, kept = 0 }) => (
          <tr key={key}>
            <td>{promised[key] ?? spoken(key)}</td>
            <td className="number">
              <Opens to={kept > 0 ? toKept(key) : undefined}>{kept.toLocaleString()}</Opens>{' '}
              <span className="meta">{Math.round((kept / count) * 100)}%</span>
            </td>
            <td className="number">
              <Opens to={toAll(key)}>{count.toLocaleString()}</Opens>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Models({ answer, to }: { answer: FigureAnswer; to: (key: string) => URLSearchParams }) {
  // What tells the intents answers nobody.
  const answering = answer.totals.filter(({ key }) => key !== 'intents');
  if (answering.length === 0) return <p className="chart-empty">The assistant has not answered in this time.</p>;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Model</th>
          <th className="number">Answers</th>
          <th className="number">Cost</th>
        </tr>
      </thead>
      <tbody>
        {answering.map(({ key, count, cost }) => (
          <tr key={`${key}-${cost?.currency}`}>
            <td>{key}</td>
            <td className="number">
              {/* Paid in two currencies it stands in two lines, of which the conversations know nothing. */}
              <Opens to={answering.filter((other) => other.key === key).length === 1 ? to(key) : undefined}>{count.toLocaleString()}</Opens>
            </td>
            <td className="number">{cost ? `${cost.amount} ${cost.currency}` : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Csv({ table, range, channel, onProblem }: { table: Table; range: Loaded['range']; channel: string; onProblem: (problem: string) => void }) {
  const { service } = useWorkplace();
  async function download() {
    try {
      saveFile(`${table}-${range.from.slice(0, 10)}.csv`, await service.csv(`/api/analytics/${table}`, { ...range, channel }));
    } catch (error) {
      onProblem(sentence(error));
    }
  }
  return (
    <button className="link-button" onClick={() => void download()} type="button">
      CSV<span className="hidden-text"> of {spoken(table)}</span>
    </button>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true" className="figure-skeleton">
      <span />
      <span />
      <span />
    </div>
  );
}
