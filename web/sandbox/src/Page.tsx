import { useEffect, useState } from 'react';
import { Faults } from './Faults.tsx';
import { Phone } from './Phone.tsx';
import { Requests } from './Requests.tsx';
import { getChannels, type Channel } from './service.ts';

const views = ['Phone', 'Faults', 'Requests'] as const;
type ViewName = (typeof views)[number];

export function Page() {
  const [channels, setChannels] = useState<Channel[]>();
  const [problem, setProblem] = useState<string>();
  const [view, setView] = useState<ViewName>(() => (matchMedia('(min-width: 900px)').matches ? 'Faults' : 'Phone'));

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

  const first = channels?.[0];
  return (
    <div className="sandbox">
      <header className="top">
        <div>
          <h1>Sandbox</h1>
          <p className="meta">Phones of customers. Nothing leaves this machine.</p>
        </div>
        <a className="button" href="/">
          Web chat
        </a>
      </header>
      <nav aria-label="Parts of the sandbox" className="parts">
        {views.map((name) => (
          <button
            aria-current={view === name ? 'true' : undefined}
            className={name === 'Phone' ? 'part phone-part' : 'part'}
            key={name}
            onClick={() => setView(name)}
            type="button"
          >
            {name}
          </button>
        ))}
      </nav>
      <main className={`floor shows-${view.toLowerCase()}`}>
        {problem && (
          <p className="banner" role="alert">
            {problem} This page keeps trying.
          </p>
        )}
        <div className="phones">{channels?.map((channel) => <Phone channel={channel} key={channel.channel} />)}</div>
        <div className="panel">
          {first && (
            <>
              <section aria-labelledby="faults-title" className="faults-section" hidden={view === 'Requests'}>
                <h2 id="faults-title">Faults</h2>
                <Faults channel={first.channel} />
              </section>
              <section aria-labelledby="requests-title" className="requests-section" hidden={view !== 'Requests'}>
                <h2 id="requests-title">Requests</h2>
                <Requests />
              </section>
            </>
          )}
        </div>
      </main>
    </div>
  );
}
