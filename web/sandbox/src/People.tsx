import { useId, useState } from 'react';
import { readAddress, type Person } from './people.ts';
import type { Channel } from './service.ts';

interface PeopleProps {
  channel: Channel;
  people: Person[];
  person: Person;
  onChoose: (address: string) => void;
  onAdd: (person: Person) => void;
}

/** Who holds the phone. */
export function People({ channel, people, person, onChoose, onAdd }: PeopleProps) {
  const id = useId();
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const address = readAddress(channel.channel, text);

  if (adding) {
    return (
      <form
        className="people people-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!address || !name.trim()) return;
          onAdd({ name: name.trim(), address });
          setAdding(false);
          setName('');
          setText('');
        }}
      >
        <label>
          Name
          <input autoFocus className="field" maxLength={60} onChange={(event) => setName(event.target.value)} value={name} />
        </label>
        <label>
          Address
          <input
            aria-describedby={`${id}-help`}
            aria-invalid={text !== '' && !address}
            className="field"
            onChange={(event) => setText(event.target.value)}
            value={text}
          />
        </label>
        <p className={text && !address ? 'form-error' : 'meta'} id={`${id}-help`}>
          {channel.addressForm}
        </p>
        <div className="row">
          <button className="button primary" disabled={!address || !name.trim()} type="submit">
            Add person
          </button>
          <button className="button" onClick={() => setAdding(false)} type="button">
            Cancel
          </button>
        </div>
      </form>
    );
  }

  return (
    <div className="people">
      <label className="people-choice">
        You are
        <select className="field" onChange={(event) => onChoose(event.target.value)} value={person.address}>
          {people.map((other) => (
            <option key={other.address} value={other.address}>
              {other.name}, {other.address.replace('whatsapp:', '')}
            </option>
          ))}
        </select>
      </label>
      <button className="button" onClick={() => setAdding(true)} type="button">
        New person
      </button>
    </div>
  );
}
