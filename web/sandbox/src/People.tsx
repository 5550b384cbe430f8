import { useId, useState } from 'react';
import { readNumber, type Person } from './people.ts';

interface PeopleProps {
  people: Person[];
  person: Person;
  onChoose: (number: string) => void;
  onAdd: (person: Person) => void;
}

/** Who holds the phone. */
export function People({ people, person, onChoose, onAdd }: PeopleProps) {
  const id = useId();
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const number = readNumber(text);

  if (adding) {
    return (
      <form
        className="people people-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!number || !name.trim()) return;
          onAdd({ name: name.trim(), number });
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
          Number
          <input
            aria-describedby={`${id}-help`}
            aria-invalid={text !== '' && !number}
            className="field"
            inputMode="tel"
            onChange={(event) => setText(event.target.value)}
            placeholder="+447700900456"
            value={text}
          />
        </label>
        <p className={text && !number ? 'form-error' : 'meta'} id={`${id}-help`}>
          {text && !number ? 'The country code first, then 7 to 14 digits.' : 'With the country code.'}
        </p>
        <div className="row">
          <button className="button primary" disabled={!number || !name.trim()} type="submit">
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
        <select className="field" onChange={(event) => onChoose(event.target.value)} value={person.number}>
          {people.map((other) => (
            <option key={other.number} value={other.number}>
              {other.name}, {other.number}
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
