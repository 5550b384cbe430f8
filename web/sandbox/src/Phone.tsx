import { useLayoutEffect, useRef, useState } from 'react';
import { formatTime } from '../../shared/format.ts';
import { linkify } from '../../shared/text.tsx';
import { ChannelIcon } from './ChannelIcon.tsx';
import { useConnected } from './live.ts';
import { People } from './People.tsx';
import { loadPeople, savePeople, type Person } from './people.ts';
import { PhoneComposer } from './PhoneComposer.tsx';
import type { Channel, Choice, OutboxItem } from './service.ts';
import { useThread, type OwnMessage } from './thread.ts';

interface PhoneProps {
  channel: Channel;
  chosen: boolean;
  /** The message whose requests are shown. */
  sid: string | undefined;
  onChoose: () => void;
  onInspect: (sid: string) => void;
}

/** A customer's phone with one messenger open. */
export function Phone({ channel, chosen, sid, onChoose, onInspect }: PhoneProps) {
  const [people, setPeople] = useState(() => loadPeople(channel));
  const [address, setAddress] = useState(people[0]!.address);
  const person = people.find((other) => other.address === address) ?? people[0]!;

  function add(added: Person) {
    const others = [...people.filter((other) => other.address !== added.address), added];
    savePeople(channel, others);
    setPeople(others);
    setAddress(added.address);
  }

  return (
    <section
      aria-label={`Phone for ${channel.name}`}
      className={chosen ? 'phone-place phone-chosen' : 'phone-place'}
      data-channel={channel.channel}
      onFocus={onChoose}
      onPointerDown={onChoose}
    >
      <People channel={channel} onAdd={add} onChoose={setAddress} people={people} person={person} />
      <Messenger channel={channel} key={`${channel.channel} ${person.address}`} onInspect={onInspect} person={person} sid={sid} />
    </section>
  );
}

interface MessengerProps {
  channel: Channel;
  person: Person;
  sid: string | undefined;
  onInspect: (sid: string) => void;
}

function Messenger({ channel, person, sid, onInspect }: MessengerProps) {
  const { bubbles, problem, send, sendAgain, clear } = useThread(channel.channel, person);
  const [replyTo, setReplyTo] = useState<OutboxItem>();
  const connected = useConnected();
  const scroller = useRef<HTMLDivElement>(null);
  const latest = bubbles.at(-1);
  const spoken = latest && !latest.mine ? latest.message.body : '';
  const can = (ability: string) => channel.abilities.includes(ability);

  useLayoutEffect(() => {
    const element = scroller.current!;
    element.scrollTop = element.scrollHeight;
  }, [bubbles.length]);

  function tap(item: OutboxItem, choice: Choice) {
    if (choice.kind === 'text') send({ text: choice.title });
    else send({ button: { text: choice.title, payload: choice.payload ?? undefined, kind: choice.kind, sid: item.sid } }, { tapped: true });
  }

  return (
    <div className="phone">
      <header className="phone-top">
        <ChannelIcon channel={channel.channel} />
        <div className="phone-who">
          <p className="phone-name">Demo shop</p>
          <p className="meta phone-address">
            {channel.name} · {channel.address.replace('whatsapp:', '')}
          </p>
        </div>
        <div className="phone-state">
          <p className="meta" role="status">
            {connected ? 'Online' : 'Connecting'}
          </p>
          {bubbles.length > 0 && (
            <button className="act" onClick={clear} type="button">
              Clear
            </button>
          )}
        </div>
      </header>
      <div aria-label={`Chat of ${person.name} with the shop by ${channel.name}`} className="phone-chat" ref={scroller} role="region" tabIndex={0}>
        {problem && <p className="banner">{problem}</p>}
        {bubbles.length === 0 && !problem && (
          <div className="phone-empty">
            <p>Write as {person.name}. It reaches Assistify as the provider sends it, and the answer comes back here.</p>
            <button className="button" onClick={() => send({ text: 'Are you open on Sunday?' })} type="button">
              Are you open on Sunday?
            </button>
          </div>
        )}
        <ol>
          {bubbles.map((bubble) =>
            bubble.mine ? (
              <Mine
                chosen={sid !== undefined && bubble.message.sid === sid}
                key={bubble.key}
                message={bubble.message}
                onAgain={() => sendAgain(bubble.message)}
                onDelete={
                  can('delete') && bubble.message.sid && !bubble.message.deed
                    ? () => send({ delete: bubble.message.sid }, { deed: `Took back: ${bubble.message.text || 'a message'}`, text: '' })
                    : undefined
                }
                onInspect={onInspect}
              />
            ) : (
              <Theirs
                chosen={bubble.message.sid === sid}
                item={bubble.message}
                key={bubble.key}
                onInspect={onInspect}
                onReact={
                  can('reaction')
                    ? () => send({ reaction: { sid: bubble.message.sid, emoji: channel.channel === 'slack' ? 'thumbsup' : '👍' } }, { deed: 'Liked a message', text: '' })
                    : undefined
                }
                onReply={can('replyTo') ? () => setReplyTo(bubble.message) : undefined}
                onTap={(choice) => tap(bubble.message, choice)}
              />
            ),
          )}
        </ol>
      </div>
      <div aria-live="polite" className="hidden-text" role="log">
        {spoken && <p key={latest!.key}>Shop: {spoken}</p>}
      </div>
      {replyTo && (
        <p className="phone-reply">
          <span className="meta">Replying to: {replyTo.body}</span>
          <button className="link-button" onClick={() => setReplyTo(undefined)} type="button">
            Cancel
          </button>
        </p>
      )}
      <PhoneComposer
        channel={channel}
        onSend={(content, shown) => {
          send(replyTo ? { ...content, replyTo: replyTo.sid } : content, shown);
          setReplyTo(undefined);
        }}
      />
    </div>
  );
}

interface MineProps {
  message: OwnMessage;
  chosen: boolean;
  onAgain: () => void;
  onDelete: (() => void) | undefined;
  onInspect: (sid: string) => void;
}

function Mine({ message, chosen, onAgain, onDelete, onInspect }: MineProps) {
  const failed = !message.repeats && message.status !== undefined && (message.status < 200 || message.status > 299);
  const state = message.status === undefined ? 'Sending' : message.repeats ? 'Tried again' : failed ? 'Not accepted' : 'Delivered';
  return (
    <li className={`said said-mine ${failed ? 'said-failed' : ''} ${chosen ? 'said-chosen' : ''}`}>
      {message.picture && <img alt="The picture sent" className="said-picture" src={message.picture} />}
      {message.place && <p className="said-place">Location: {message.place}</p>}
      {message.deed && <p className="said-deed">{message.deed}</p>}
      {message.text && (
        <p className={message.tapped ? 'said-tapped' : ''} dir="auto">
          {linkify(message.text)}
        </p>
      )}
      <p className="said-meta">
        {message.tapped && 'Button · '}
        <time dateTime={message.at}>{formatTime(message.at)}</time> · {state}
      </p>
      <p className="said-acts">
        {onDelete && (
          <button className="act" onClick={onDelete} type="button">
            Take back
          </button>
        )}
        {message.sid && (
          <button className="act" onClick={() => onInspect(message.sid!)} type="button">
            Requests
          </button>
        )}
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

interface TheirsProps {
  item: OutboxItem;
  chosen: boolean;
  onTap: (choice: Choice) => void;
  onReact: (() => void) | undefined;
  onReply: (() => void) | undefined;
  onInspect: (sid: string) => void;
}

function Theirs({ item, chosen, onTap, onReact, onReply, onInspect }: TheirsProps) {
  return (
    <li className={`said said-theirs ${chosen ? 'said-chosen' : ''}`}>
      {item.mediaUrl.map((url) => (
        <p className="said-place" key={url}>
          Media: {/^https?:/.test(url) ? <a href={url}>{url}</a> : url}
        </p>
      ))}
      <p className={item.status === 'deleted' ? 'said-deleted' : ''} dir="auto">
        {linkify(item.body)}
      </p>
      {item.choices.length > 0 && (
        <ul className="choices">
          {item.choices.map((choice, index) => (
            <li key={index}>
              {choice.kind === 'link' ? (
                <a className="choice" href={choice.url}>
                  {choice.title}
                </a>
              ) : (
                <button className="choice" onClick={() => onTap(choice)} type="button">
                  {choice.title}
                  {choice.description && <span className="meta">{choice.description}</span>}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="said-meta">
        <time dateTime={item.createdAt}>{formatTime(item.createdAt)}</time> · {item.status.charAt(0).toUpperCase() + item.status.slice(1)}
      </p>
      <p className="said-acts">
        {onReply && (
          <button className="act" onClick={onReply} type="button">
            Reply
          </button>
        )}
        {onReact && (
          <button className="act" onClick={onReact} type="button">
            Like
          </button>
        )}
        <button className="act" onClick={() => onInspect(item.sid)} type="button">
          Requests
        </button>
      </p>
    </li>
  );
}
