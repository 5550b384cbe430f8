import { useRef, useState } from 'react';
import { PictureIcon, PlaceIcon, SendIcon } from '../../shared/icons.tsx';
import { readPicture } from './picture.ts';
import type { Channel, Sent } from './service.ts';
import type { OwnMessage } from './thread.ts';

type Send = (content: Omit<Sent, 'from' | 'profileName'>, shown?: Partial<OwnMessage>) => void;
type Extra = 'place' | 'button' | 'event';

/** What one can do on the phone: write, send a place or a picture, tap a button of the shop's. */
export function PhoneComposer({ channel, onSend }: { channel: Channel; onSend: Send }) {
  const can = (ability: string) => channel.abilities.includes(ability);
  const [text, setText] = useState('');
  const [extra, setExtra] = useState<Extra>();
  const [problem, setProblem] = useState<string>();
  const files = useRef<HTMLInputElement>(null);
  const toggle = (name: Extra) => setExtra(extra === name ? undefined : name);

  async function sendPicture(file: File | undefined) {
    if (!file) return;
    try {
      const { preview, ...picture } = await readPicture(file);
      onSend({ text: text.trim() || undefined, media: [picture] }, { picture: preview });
      setText('');
      setProblem(undefined);
    } catch {
      setProblem('This file is not a picture that the browser can read.');
    }
  }

  return (
    <div className="phone-bottom">
      {problem && (
        <p className="form-error" role="alert">
          {problem}
        </p>
      )}
      {extra === 'place' && (
        <PlaceForm
          onSend={(location) => {
            onSend({ location }, { place: location.label ?? `${location.latitude}, ${location.longitude}` });
            setExtra(undefined);
          }}
        />
      )}
      {extra === 'button' && (
        <ButtonForm
          onSend={(button) => {
            onSend({ button }, { tapped: true });
            setExtra(undefined);
          }}
        />
      )}
      {extra === 'event' && (
        <EventForm
          events={channel.events}
          onSend={(event) => {
            onSend({ event, text: text.trim() || undefined }, { deed: `Event: ${event}`, text: text.trim() });
            setExtra(undefined);
            setText('');
          }}
        />
      )}
      <div className="extras">
        {can('location') && (
          <button aria-expanded={extra === 'place'} className="extra" onClick={() => toggle('place')} type="button">
            <PlaceIcon />
            Location
          </button>
        )}
        {can('media') && (
          <button className="extra" onClick={() => files.current?.click()} type="button">
            <PictureIcon />
            Picture
          </button>
        )}
        {can('button') && (
          <button aria-expanded={extra === 'button'} className="extra" onClick={() => toggle('button')} type="button">
            <span aria-hidden="true" className="button-sign" />
            Button
          </button>
        )}
        {channel.events.length > 0 && (
          <button aria-expanded={extra === 'event'} className="extra" onClick={() => toggle('event')} type="button">
            <span aria-hidden="true" className="event-sign" />
            Event
          </button>
        )}
        <input
          accept="image/*"
          aria-label="Picture to send"
          hidden
          onChange={(event) => {
            void sendPicture(event.target.files?.[0]);
            event.target.value = '';
          }}
          ref={files}
          type="file"
        />
      </div>
      <form
        className="phone-write"
        onSubmit={(event) => {
          event.preventDefault();
          if (!text.trim()) return;
          onSend({ text: text.trim() });
          setText('');
        }}
      >
        <textarea
          aria-label="Message on the phone"
          className="field"
          dir="auto"
          maxLength={channel.longestText}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
          placeholder="Message"
          rows={1}
          value={text}
        />
        <button aria-label="Send" className="button primary phone-send" disabled={!text.trim()} type="submit">
          <SendIcon />
        </button>
      </form>
    </div>
  );
}

function EventForm({ events, onSend }: { events: string[]; onSend: (event: string) => void }) {
  const [event, setEvent] = useState(events[0]!);
  return (
    <form
      className="extra-form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        onSend(event);
      }}
    >
      <label className="wide">
        What the provider tells
        <select className="field" onChange={(change) => setEvent(change.target.value)} value={event}>
          {events.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button className="button primary wide" type="submit">
        Send event
      </button>
    </form>
  );
}

function PlaceForm({ onSend }: { onSend: (place: NonNullable<Sent['location']>) => void }) {
  const [label, setLabel] = useState('Ledra Street, Nicosia');
  const [latitude, setLatitude] = useState('35.1725');
  const [longitude, setLongitude] = useState('33.3617');
  const place = { latitude: Number(latitude), longitude: Number(longitude), label: label.trim() || undefined };
  const valid =
    latitude !== '' && longitude !== '' && Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180;
  return (
    <form
      className="extra-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onSend(place);
      }}
    >
      <label className="wide">
        Name of the place
        <input className="field" maxLength={100} onChange={(event) => setLabel(event.target.value)} value={label} />
      </label>
      <label>
        Latitude
        <input className="field" inputMode="decimal" onChange={(event) => setLatitude(event.target.value)} value={latitude} />
      </label>
      <label>
        Longitude
        <input className="field" inputMode="decimal" onChange={(event) => setLongitude(event.target.value)} value={longitude} />
      </label>
      <button className="button primary wide" disabled={!valid} type="submit">
        Send location
      </button>
    </form>
  );
}

function ButtonForm({ onSend }: { onSend: (button: NonNullable<Sent['button']>) => void }) {
  const [text, setText] = useState('Talk to a person');
  const [payload, setPayload] = useState('');
  return (
    <form
      className="extra-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onSend({ text: text.trim(), payload: payload.trim() || undefined });
      }}
    >
      <label>
        What it says
        <input className="field" maxLength={25} onChange={(event) => setText(event.target.value)} value={text} />
      </label>
      <label>
        What it carries
        <input
          className="field"
          maxLength={200}
          onChange={(event) => setPayload(event.target.value)}
          placeholder="The same"
          value={payload}
        />
      </label>
      <button className="button primary wide" disabled={!text.trim()} type="submit">
        Tap the button
      </button>
    </form>
  );
}
