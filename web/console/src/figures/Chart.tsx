import { useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { dateFormat } from '../../../shared/format.ts';
import { Link } from '../Link.tsx';
import { spoken } from '../names.ts';
import { ceiling, type Series } from './figures.ts';

interface ChartProps {
  title: string;
  /** Begin of each bucket. */
  buckets: readonly number[];
  bucket: 'hour' | 'day';
  series: readonly Series[];
  nameOf?: (key: string) => string;
  format?: (value: number) => string;
  kind?: 'bars' | 'line';
  colourOf?: (key: string, index: number) => string;
  /** Opens what a bucket counts. */
  onOpen: (start: number) => void;
  /** What a series counts. */
  to: (key: string) => URLSearchParams;
}

const narrowest = 240;
const height = 180;
/** Of a digit on the axis. */
const digit = 7;
const bottom = 24;
const top = 8;

/** Bars from zero on top of each other, or thin lines; the last bucket is still running and is marked so. Arrows go from bucket to bucket. */
export function Chart({ title, buckets, bucket, series, nameOf = spoken, format = String, kind = 'bars', colourOf = usual, onOpen, to }: ChartProps) {
  const last = buckets.length - 1;
  const [pointed, setAt] = useState<number>();
  // There may be fewer buckets since: figures are read again by themselves.
  const at = pointed === undefined ? undefined : Math.min(pointed, last);
  const stacked = buckets.map((_, index) => series.reduce((all, { values }) => all + values[index]!, 0));
  const highest = Math.max(0, ...(kind === 'bars' ? stacked : series.flatMap(({ values }) => values)));
  const scale = ceiling(highest);
  const marks = [0, 0.5, 1].map((part) => ({ at: scale * part, text: format(scale * part) }));
  const left = 12 + digit * Math.max(4, ...marks.map(({ text }) => text.length));
  const [drawing, width] = useWidth(highest > 0);
  const step = (width - left) / Math.max(1, buckets.length);
  const y = (value: number) => top + (height - top - bottom) * (1 - value / scale);
  const label = (index: number) => labelOf(buckets[index]!, bucket);
  const every = Math.ceil(buckets.length / (width < 360 ? 4 : 6));
  const words = (key: string) => (key === 'other' ? 'Others' : nameOf(key));
  const total = stacked.reduce((all, value) => all + value, 0);
  const shown = at ?? last;

  const bucketUnder = (event: MouseEvent<SVGSVGElement>): number | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width - left;
    return x < 0 ? undefined : Math.min(last, Math.floor(x / step));
  };
  const open = (index: number | undefined): void => {
    if (index !== undefined && stacked[index]) onOpen(buckets[index]!);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // With these the keys are the browser's: it goes back, for instance.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') return open(shown);
    const next = moved(event.key, shown, last);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };

  if (total === 0) return <p className="chart-empty">Nothing in this time yet.</p>;
  return (
    <figure className="chart">
      <svg
        aria-label={title}
        aria-valuemax={last}
        aria-valuemin={0}
        aria-valuenow={shown}
        aria-valuetext={[label(shown), ...series.map(({ key, values }) => `${words(key)} ${format(values[shown]!)}`)].join(', ')}
        className={`chart-drawing ${at !== undefined && stacked[at] ? 'opens' : ''}`}
        onBlur={() => setAt(undefined)}
        onClick={(event) => open(bucketUnder(event))}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setAt(shown)}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setAt(undefined)}
        onPointerMove={(event) => setAt(bucketUnder(event))}
        ref={drawing}
        role="slider"
        tabIndex={0}
        viewBox={`0 0 ${width} ${height}`}
      >
        {marks.map((mark) => (
          <g key={mark.at}>
            <line className="chart-line" x1={left} x2={width} y1={y(mark.at)} y2={y(mark.at)} />
            <text className="chart-text" textAnchor="end" x={left - 8} y={y(mark.at) + 4}>
              {mark.text}
            </text>
          </g>
        ))}
        {buckets.map((start, index) =>
          index % every === 0 ? (
            <text className="chart-text" key={start} textAnchor="middle" x={left + (index + 0.5) * step} y={height - 6}>
              {label(index)}
            </text>
          ) : null,
        )}
        {at !== undefined && <rect className="chart-at" height={height - top - bottom} width={step} x={left + at * step} y={top} />}
        {kind === 'bars'
          ? buckets.map((start, index) => {
              let below = 0;
              return (
                <g className={index === last ? 'partial' : undefined} key={start}>
                  {series.map(({ key, values }, order) => {
                    const value = values[index]!;
                    if (value === 0) return null;
                    below += value;
                    return (
                      <rect
                        className={colourOf(key, order)}
                        height={y(below - value) - y(below)}
                        key={key}
                        width={Math.max(1, Math.min(32, step * 0.72))}
                        x={left + index * step + (step - Math.max(1, Math.min(32, step * 0.72))) / 2}
                        y={y(below)}
                      />
                    );
                  })}
                </g>
              );
            })
          : series.map(({ key, values }, order) => (
              <g className={colourOf(key, order)} key={key}>
                {/* A bucket without a value interrupts the line: nothing was measured, which is not zero. */}
                {lines(values).map((run) => (
                  <polyline
                    className="chart-run"
                    key={run[0]}
                    points={run.map((index) => `${left + (index + 0.5) * step},${y(values[index]!)}`).join(' ')}
                  />
                ))}
                {values.map((value, index) =>
                  value > 0 ? <circle className="chart-dot" cx={left + (index + 0.5) * step} cy={y(value)} key={buckets[index]} r="3" /> : null,
                )}
              </g>
            ))}
      </svg>
      <figcaption className="legend">
        {series.map(({ key, values }, order) => (
          <span className="legend-item" key={key}>
            <svg aria-hidden="true" className={colourOf(key, order)} height="10" viewBox="0 0 10 10" width="10">
              <rect height="10" rx="2" width="10" />
            </svg>
            {key === 'other' ? (
              words(key)
            ) : (
              <Link className="figure-number" query={to(key)} to={['figures', 'behind']}>
                {words(key)}
              </Link>
            )}
            {at !== undefined && <strong>{format(values[at]!)}</strong>}
          </span>
        ))}
        <span className="meta legend-time">
          {at === undefined ? `The last ${bucket} is not over yet` : `${label(at)}${at === last ? ', so far' : ''}`}
        </span>
      </figcaption>
      {/* A table alone is never narrower than its words: it would make the page wider. */}
      <div className="hidden-text">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th>{bucket === 'hour' ? 'Hour' : 'Day'}</th>
              {series.map(({ key }) => (
                <th key={key}>{words(key)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((start, index) =>
              stacked[index] ? (
                <tr key={start}>
                  <th>{label(index)}</th>
                  {series.map(({ key, values }) => (
                    <td key={key}>{format(values[index]!)}</td>
                  ))}
                </tr>
              ) : null,
            )}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** As wide as its place: what is drawn is not scaled, so that its words have the page's size. */
function useWidth(drawn: boolean) {
  const drawing = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(440);
  useLayoutEffect(() => {
    const element = drawing.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(narrowest, Math.round(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [drawn]);
  return [drawing, width] as const;
}

function usual(_: string, index: number): string {
  return `series-${index % 5}`;
}

function moved(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function labelOf(start: number, bucket: 'hour' | 'day'): string {
  return bucket === 'hour'
    ? dateFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(start)
    : dateFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(start);
}

/** The indexes of values, as runs without a hole. */
function lines(values: readonly number[]): number[][] {
  const runs: number[][] = [];
  values.forEach((value, index) => {
    if (value === 0) return;
    const run = runs.at(-1);
    if (run && run.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  });
  return runs;
}
