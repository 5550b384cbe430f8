import { useCallback, useEffect, useState } from 'react';
import { live } from './live.ts';
import { getExchanges, type Channel, type Exchange } from './service.ts';

const shown = 100;

/** What went over the wire, newest first; of one message where one is chosen. */
export function Requests({ channel, sid, onAll }: { channel: Channel; sid: string | undefined; onAll: () => void }) {
  const [entries, setEntries] = useState<Exchange[]>([]);
  const [problem, setProblem] = useState<string>();
  const add = useCallback((more: Exchange[]) => setEntries((before) => merge(before, more)), []);

  useEffect(() => {
    let gone = false;
    const past = () =>
      getExchanges(channel.channel).then(
        (items) => {
          if (gone) return;
          add(items);
          setProblem(undefined);
        },
        (error: Error) => !gone && setProblem(error.message),
      );
    void past();
    const unwatch = live().watch((connected) => {
      if (connected) void past();
    });
    const unlisten = live().listen((event) => {
      if (event.kind === 'exchange' && event.data.channel === channel.channel) add([event.data]);
    });
    return () => {
      gone = true;
      unwatch();
      unlisten();
    };
  }, [channel.channel, add]);

  const found = (sid ? entries.filter((entry) => entry.messageSid === sid) : entries).slice(-shown).reverse();
  return (
    <>
      {problem && (
        <p className="form-error" role="alert">
          {problem}
        </p>
      )}
      {sid && (
        <p className="row requests-of">
          <span className="meta">Of one message, {sid}</span>
          <button className="button" onClick={onAll} type="button">
            Show all
          </button>
        </p>
      )}
      {found.length === 0 && <p className="meta">Send a message from the phone: what goes over the wire appears here.</p>}
      <ol className="requests">
        {found.map((entry) => (
          <Request entry={entry} key={entry.number} open={sid !== undefined && found.length < 3} />
        ))}
      </ol>
    </>
  );
}

function Request({ entry, open }: { entry: Exchange; open: boolean }) {
  const at = new Date(entry.at);
  const failed = entry.status === 0 || entry.status > 299;
  return (
    <li>
      <details open={open}>
        <summary>
          <span className={`way way-${entry.direction}`}>{entry.direction === 'webhook' ? 'To Assistify' : 'From Assistify'}</span>
          <span className="request-title">{entry.title}</span>
          <span className="request-end">
            <span className={failed ? 'status status-failed' : 'status'}>{entry.status || 'No answer'}</span>
            <time className="meta" dateTime={entry.at}>
              {at.toLocaleTimeString()}
            </time>
          </span>
        </summary>
        <p className="meta">
          {entry.milliseconds} ms{entry.note && ` · ${entry.note}`}
        </p>
        <h3>Request</h3>
        <pre tabIndex={0}>{pretty(entry.request)}</pre>
        {entry.answer && (
          <>
            <h3>Answer</h3>
            <pre tabIndex={0}>{pretty(entry.answer)}</pre>
          </>
        )}
      </details>
    </li>
  );
}

/** JSON bodies are indented to be read; everything else stays as it was. */
export function pretty(text: string): string {
  const end = text.indexOf('\n\n');
  if (end < 0) return text;
  const body = text.slice(end + 2);
  if (!/^[[{]/.test(body)) return text;
  try {
    return `${text.slice(0, end)}\n\n${JSON.stringify(JSON.parse(body), null, 2)}`;
  } catch {
    return text;
  }
}

function merge(before: Exchange[], more: Exchange[]): Exchange[] {
  const known = new Map(before.map((entry) => [entry.number, entry]));
  for (const entry of more) known.set(entry.number, entry);
  return [...known.values()].sort((a, b) => a.number - b.number).slice(-1000);
}
