import { useLayoutEffect, useRef, useState } from 'react';
import { formatTime } from '../../shared/format.ts';
import { linkify } from '../../shared/text.tsx';
import { useConnected } from './live.ts';
import { People } from './People.tsx';
import { loadPeople, savePeople, type Person } from './people.ts';
import { PhoneComposer } from './PhoneComposer.tsx';
import type { Channel, OutboxItem } from './service.ts';
import { useThread, type OwnMessage } from './thread.ts';

/** A customer's phone with one messenger open. */
export function Phone({ channel }: { channel: Channel }) {
  const [people, setPeople] = useState(loadPeople);
  const [number, setNumber] = useState(people[0]!.number);
  const person = people.find((other) => other.number === number) ?? people[0]!;

  function add(added: Person) {
    const others = people.filter((other) => other.number !== added.number);
    savePeople([...others, added]);
    setPeople([...others, added]);
    setNumber(added.number);
  }

  return (
    <section aria-label={`Phone for ${channel.name}`} className="phone-place">
      <People onAdd={add} onChoose={setNumber} people={people} person={person} />
      <Messenger channel={channel} key={`${channel.channel} ${person.number}`} person={person} />
    </section>
  );
}

function Messenger({ channel, person }: { channel: Channel; person: Person }) {
  const { bubbles, problem, send, sendAgain, clear } = useThread(channel.channel, person);
  const connected = useConnected();
  const scroller = useRef<HTMLDivElement>(null);
  const latest = bubbles.at(-1);
  const spoken = latest && !latest.mine ? latest.message.body : '';

  useLayoutEffect(() => {
    const element = scroller.current!;
    element.scrollTop = element.scrollHeight;
  }, [bubbles.length]);

  return (
    <div className="phone">
      <header className="phone-top">
        <img alt="" height="32" src={`${import.meta.env.BASE_URL}icon.svg`} width="32" />
        <div className="phone-who">
          <p className="phone-name">Demo shop</p>
          <p className="meta">
            {channel.name} · {channel.address.replace('whatsapp:', '')}
          </p>
        </div>
        <p className="meta" role="status">
          {connected ? 'Online' : 'Connecting'}
        </p>
      </header>
      <div aria-label={`Chat of ${person.name} with the shop`} className="phone-chat" ref={scroller} role="region" tabIndex={0}>
        {problem && <p className="banner">{problem}</p>}
        {bubbles.length === 0 && !problem && (
          <div className="phone-empty">
            <p>Write as {person.name}. It reaches Assistify as a signed webhook, and the answer comes back here.</p>
            <button className="button" onClick={() => send({ text: 'Are you open on Sunday?' })} type="button">
              Are you open on Sunday?
            </button>
          </div>
        )}
        <ol>
          {bubbles.map((bubble) =>
            bubble.mine ? (
              <Mine key={bubble.key} message={bubble.message} onAgain={() => sendAgain(bubble.message)} />
            ) : (
              <Theirs item={bubble.message} key={bubble.key} />
            ),
          )}
        </ol>
      </div>
      <div aria-live="polite" className="hidden-text" role="log">
        {spoken && <p key={latest!.key}>Shop: {spoken}</p>}
      </div>
      <PhoneComposer onClear={bubbles.length > 0 ? clear : undefined} onSend={send} />
    </div>
  );
}

function Mine({ message, onAgain }: { message: OwnMessage; onAgain: () => void }) {
  const failed = message.status !== undefined && (message.status < 200 || message.status > 299);
  return (
    <li className={`said said-mine ${failed ? 'said-failed' : ''}`}>
      {message.picture && <img alt="The picture sent" className="said-picture" src={message.picture} />}
      {message.place && <p className="said-place">Location: {message.place}</p>}
      {message.text && (
        <p className={message.tapped ? 'said-tapped' : ''} dir="auto">
          {linkify(message.text)}
        </p>
      )}
      <p className="said-meta">
        {message.tapped && 'Button · '}
        <time dateTime={message.at}>{formatTime(message.at)}</time> ·{' '}
        {message.status === undefined ? 'Sending' : failed ? 'Not accepted' : 'Delivered'}
      </p>
      {failed && (
        <p className="said-problem" role="alert">
          {message.status === 0
            ? `Assistify did not answer the webhook${message.error ? ` (${message.error})` : ''}.`
            : `Assistify answered the webhook with ${message.status}.`}{' '}
          {message.sent && (
            <button className="link-button" onClick={onAgain} type="button">
              Send again
            </button>
          )}
        </p>
      )}
    </li>
  );
}

function Theirs({ item }: { item: OutboxItem }) {
  return (
    <li className="said said-theirs">
      {item.mediaUrl.map((url) => (
        <p className="said-place" key={url}>
          Media: <a href={url}>{url}</a>
        </p>
      ))}
      <p dir="auto">{linkify(item.body)}</p>
      <p className="said-meta">
        <time dateTime={item.createdAt}>{formatTime(item.createdAt)}</time> · {item.status.charAt(0).toUpperCase() + item.status.slice(1)}
      </p>
    </li>
  );
}
