import { useEffect, useState, useSyncExternalStore } from 'react';
import { PersonIcon, PhoneIcon } from '../../shared/icons.tsx';
import type { Chat, View } from '../../shared/visitor/chat.ts';
import { Composer } from './Composer.tsx';
import { Introduction } from './Introduction.tsx';
import { Messages } from './Messages.tsx';

const suggestions = [
  'Are you open on Sunday?',
  'Do you ship to Cyprus?',
  'I am looking for a blue vase under 50 EUR',
  'How do I return something?',
];

const toTry = [
  'Ask for a blue vase under 50 EUR: products come as cards.',
  'Ask something the shop cannot know. The assistant says so and offers a person.',
  'Close this page while an answer is being written, and open it again.',
  'Switch off the network, write, and switch it on: the message is sent once.',
  'Write in Arabic or Greek.',
];

export function Page({ chat }: { chat: Chat }) {
  const view = useSyncExternalStore(chat.subscribe, chat.view);
  const sandbox = useSandbox();
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === 'visible') chat.read();
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [chat, view]);
  const empty = view.messages.length === 0 && view.outgoing.length === 0;

  return (
    <div className="page">
      <aside className="about" aria-label="About this page">
        <h2>One shop, every channel</h2>
        <p>
          The assistant answers from what the shop knows: opening hours, shipping, returns and products. Every answer
          names its sources. What it does not know, it says, and offers a person.
        </p>
        {sandbox && <Try chat={chat} />}
      </aside>
      <main className="chat">
        <header className="chat-header">
          <img alt="" className="shop-mark" height="36" src="/icon.svg" width="36" />
          <div className="chat-title">
            <h1>Demo shop</h1>
            <p className="meta" role="status">
              <State view={view} />
            </p>
          </div>
          {view.turn === 'assistant' && !view.asked && (
            <button className="button" onClick={() => chat.send('I would like to talk to a person')} type="button">
              <PersonIcon />
              <span className="talk-long">Talk to a person</span>
              <span aria-hidden="true" className="talk-short">
                Person
              </span>
            </button>
          )}
        </header>
        <Messages chat={chat} view={view}>
          {view.asked && <Introduction asked={view.asked} chat={chat} />}
          {empty && view.ready && !view.asked && (
            <div className="first-view">
              <p className="greeting">Good to see you. What can we help with?</p>
              <ul className="suggestions">
                {suggestions.map((suggestion) => (
                  <li key={suggestion}>
                    <button className="suggestion" onClick={() => chat.send(suggestion)} type="button">
                      {suggestion}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {empty && !view.ready && <Starting away={view.connection === 'away'} />}
        </Messages>
        {!view.asked && <Composer chat={chat} turn={view.turn} />}
        {sandbox && (
          <p className="narrow-only meta">
            <a href="/sandbox">See the same shop on WhatsApp</a>
          </p>
        )}
      </main>
    </div>
  );
}

function State({ view }: { view: View }) {
  if (view.connection === 'connecting') return 'Connecting';
  if (view.connection === 'away') return 'No connection. What you write is kept and sent later.';
  if (view.turn === 'agent') return 'People answer now';
  return (
    <>
      Assistant and team<span className="wide-only"> · answers at once</span>
    </>
  );
}

function Starting({ away }: { away: boolean }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  if (away) return <p className="notice">The shop cannot be reached right now. This page keeps trying.</p>;
  return (
    <div aria-hidden="true" className="skeleton">
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}

function Try({ chat }: { chat: Chat }) {
  return (
    <>
      <p className="sandbox-link">
        <SandboxLink />
      </p>
      <section aria-labelledby="to-try">
        <h3 id="to-try">What to try</h3>
        <ul className="to-try">
          {toTry.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </section>
      <button className="link-button" onClick={() => chat.forget()} type="button">
        Start again as a new visitor
      </button>
    </>
  );
}

function SandboxLink() {
  return (
    <a className="button" href="/sandbox">
      <PhoneIcon />
      See the same shop on WhatsApp
    </a>
  );
}

/** The sandbox is there in Development only. */
function useSandbox(): boolean {
  const [present, setPresent] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    fetch('/sandbox/api/channels', { signal: abort.signal }).then(
      (response) => setPresent(response.ok),
      () => undefined,
    );
    return () => abort.abort();
  }, []);
  return present;
}
