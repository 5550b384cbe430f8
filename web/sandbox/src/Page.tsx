import { useCallback, useEffect, useRef, useState } from 'react';
import { ChannelIcon } from './ChannelIcon.tsx';
import { Faults } from './Faults.tsx';
import { Handshake } from './Handshake.tsx';
import { Phone } from './Phone.tsx';
import { Requests } from './Requests.tsx';
import { getChannels, type Channel } from './service.ts';

const views = ['Phone', 'Inbox', 'Requests', 'Faults'] as const;
type ViewName = (typeof views)[number];

const isWide = () => matchMedia('(min-width: 900px)').matches;

export function Page() {
  const [channels, setChannels] = useState<Channel[]>();
  const [problem, setProblem] = useState<string>();
  const [view, setView] = useState<ViewName>(() => (isWide() ? 'Requests' : 'Phone'));
  const [name, setName] = useState<string>();
  const [sid, setSid] = useState<string>();
  const phones = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const ask = () =>
      getChannels().then(
        (found) => {
          setChannels(found);
          setProblem(undefined);
        },
        (error: Error) => {
          setProblem(error.message);
          timer = setTimeout(() => void ask(), 3000);
        },
      );
    void ask();
    return () => clearTimeout(timer);
  }, []);

  const choose = useCallback((channel: string) => {
    setName((before) => {
      if (before !== channel) setSid(undefined);
      return channel;
    });
  }, []);

  function bring(channel: string) {
    choose(channel);
    if (!isWide()) setView('Phone');
    phones.current?.querySelector(`[data-channel="${channel}"]`)?.scrollIntoView({ behavior: 'smooth', block: 'nearest', inline: 'center' });
  }

  const chosen = channels?.find(({ channel }) => channel === name) ?? channels?.[0];
  return (
    <div className="sandbox">
      <header className="top">
        <div>
          <h1>Sandbox</h1>
          <p className="meta">Phones of customers. Nothing leaves this machine.</p>
        </div>
        <nav aria-label="The other pages" className="others">
          <a className="button" href="/">
            Web chat
          </a>
          <a className="button" href="/console">
            Console
          </a>
        </nav>
      </header>
      <nav aria-label="Channels" className="channels">
        <ul>
          {channels?.map((channel) => (
            <li key={channel.channel}>
              <button
                aria-current={channel === chosen ? 'true' : undefined}
                className="channel"
                onClick={() => bring(channel.channel)}
                type="button"
              >
                <ChannelIcon channel={channel.channel} />
                {channel.name}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {problem && (
        <p className="banner" role="alert">
          {problem} This page keeps trying.
        </p>
      )}
      <main className={`floor shows-${view.toLowerCase()}`}>
        <nav aria-label="Parts of the sandbox" className="parts">
          {views.map((part) => (
            <button
              aria-current={view === part ? 'true' : undefined}
              className={`part ${part.toLowerCase()}-part`}
              key={part}
              onClick={() => setView(part)}
              type="button"
            >
              {part}
            </button>
          ))}
        </nav>
        <div className="phones" ref={phones}>
          {channels?.map((channel) => (
            <Phone
              channel={channel}
              chosen={channel === chosen}
              key={channel.channel}
              onChoose={() => choose(channel.channel)}
              onInspect={(message) => {
                setName(channel.channel);
                setSid(message);
                setView('Requests');
              }}
              sid={channel === chosen ? sid : undefined}
            />
          ))}
        </div>
        {view === 'Inbox' && <iframe className="inbox" src="/console/inbox" title="The shop’s inbox" />}
        <div className="panel">
          {chosen && (
            <>
              <section aria-labelledby="requests-title" className="requests-section" hidden={view === 'Faults'}>
                <h2 id="requests-title">{chosen.name}: requests</h2>
                {chosen.hasHandshake && <Handshake channel={chosen.channel} key={chosen.channel} />}
                <Requests channel={chosen} key={`requests ${chosen.channel}`} onAll={() => setSid(undefined)} sid={sid} />
              </section>
              <section aria-labelledby="faults-title" className="faults-section" hidden={view !== 'Faults'}>
                <h2 id="faults-title">{chosen.name}: faults</h2>
                <Faults channel={chosen.channel} key={`faults ${chosen.channel}`} steps={chosen.knownSteps} />
              </section>
            </>
          )}
        </div>
      </main>
    </div>
  );
}
