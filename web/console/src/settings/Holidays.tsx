import { useState } from 'react';
import { sentence } from '../service.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { holidayDate, timesOf, writeTimes, type Holiday } from './hours.ts';

/** Days with hours of their own, and what is done to change them. */
export function Holidays({ holidays, onSave }: { holidays: readonly Holiday[]; onSave: (part: object) => Promise<void> }) {
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isSame = (a: Holiday, b: Holiday) => a.date === b.date && a.yearly === b.yearly;

  function add(form: FormData) {
    const made: Holiday = {
      date: String(form.get('date')),
      name: textOf(form, 'name') ?? '',
      yearly: form.get('yearly') === 'on',
      times: timesOf(form, 'times', 'Hours'),
    };
    // The same day again takes the place of the one before.
    return onSave({ holidays: [...holidays.filter((each) => !isSame(each, made)), made] });
  }

  async function remove(holiday: Holiday) {
    const rest = holidays.filter((each) => each !== holiday);
    try {
      await onSave({ holidays: rest.length > 0 ? rest : null });
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <>
      <header className="sub-head">
        <h2>Holidays</h2>
        <button className="button" onClick={() => setAdding(true)} type="button">
          Add a holiday
        </button>
      </header>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {holidays.length === 0 ? (
        <p className="notice">There is none. Add days on which people are away or come at other times, so that no promise is made for them.</p>
      ) : (
        <ul aria-label="Holidays" className="hours holidays">
          {holidays.map((holiday) => (
            <li key={`${holiday.date} ${holiday.yearly}`}>
              <span className="holiday-date">{holidayDate(holiday)}</span>
              <span className="holiday-name" dir="auto">
                {holiday.name}
                {holiday.yearly && <span className="meta"> every year</span>}
              </span>
              <span>{writeTimes(holiday.times) || 'Closed'}</span>
              <button className="link-button" onClick={() => void remove(holiday)} type="button">
                Remove<span className="hidden-text"> {holiday.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <FormDialog onClose={() => setAdding(false)} onSubmit={add} submit="Add" title="Add a holiday">
          <Field label="Day" name="date" type="date" />
          <Field help="Your people see it; customers are told when somebody is back." label="Name" maxLength={100} name="name" />
          <Field help="Such as 10:00–13:00. Empty is closed." label="Hours" name="times" required={false} />
          <label className="check">
            <input name="yearly" type="checkbox" />
            Every year on this day
          </label>
        </FormDialog>
      )}
    </>
  );
}
