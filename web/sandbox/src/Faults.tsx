import { useEffect, useId, useState } from 'react';
import { getFaults, putFaults, type Faults as FaultValues } from './service.ts';

type Value = number | boolean | string[];

interface Field {
  key: string;
  label: string;
  unit: '%' | 'ms' | 's' | '';
}

const groups: { title: string; fields: Field[] }[] = [
  {
    title: 'Webhooks to Assistify',
    fields: [
      { key: 'duplicateInbound', label: 'Sent twice', unit: '%' },
      { key: 'reorderInbound', label: 'Held back, so that later ones overtake', unit: '%' },
      { key: 'delayMs', label: 'Delay of every webhook and answer', unit: 'ms' },
      { key: 'delayJitterMs', label: 'Varying by up to', unit: 'ms' },
    ],
  },
  {
    title: 'Sending',
    fields: [
      { key: 'sendStatus429', label: 'Refused: too many requests', unit: '%' },
      { key: 'callsPerSecond', label: 'Calls allowed in a second (0: any)', unit: '' },
      { key: 'retryAfterSeconds', label: 'To be repeated after', unit: 's' },
      { key: 'send5xx', label: 'Refused: server error', unit: '%' },
      { key: 'cutConnection', label: 'Connection cut, nothing accepted', unit: '%' },
      { key: 'timeoutAfterAccept', label: 'Accepted, but the answer is lost', unit: '%' },
      { key: 'timeoutHoldMs', label: 'Lost after', unit: 'ms' },
      { key: 'recipientGone', label: 'The customer is gone or has blocked the shop', unit: '%' },
      { key: 'tokenExpired', label: 'The credentials are refused', unit: '' },
      { key: 'missingScope', label: 'The credentials may not read what was written', unit: '' },
      { key: 'enforceWindow', label: 'Free text only within the time that the provider allows', unit: '' },
    ],
  },
  {
    title: 'Status callbacks',
    fields: [
      { key: 'statusDuplicate', label: 'Sent twice', unit: '%' },
      { key: 'statusReorder', label: 'Out of order', unit: '%' },
      { key: 'statusDelayMs', label: 'Delay', unit: 'ms' },
      { key: 'statusSteps', label: 'Steps', unit: '' },
      { key: 'statusErrorCode', label: 'Error code of a failed step', unit: '' },
    ],
  },
];

/** Off is: nothing happens by chance, nothing waits, nothing is refused. Values that are no faults stay as they are. */
const neutral = new Set(['seed', 'retryAfterSeconds', 'statusErrorCode', 'statusSteps']);

export function Faults({ channel, steps }: { channel: string; steps: string[] }) {
  const [stored, setStored] = useState<FaultValues>();
  const [values, setValues] = useState<FaultValues>({});
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let gone = false;
    getFaults(channel).then(
      (faults) => {
        if (gone) return;
        setStored(faults);
        setValues(faults);
      },
      (error: Error) => !gone && setProblem(error.message),
    );
    return () => {
      gone = true;
    };
  }, [channel]);

  async function store(next: FaultValues) {
    try {
      const faults = await putFaults(channel, next);
      setStored(faults);
      setValues(faults);
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  if (!stored) return problem ? <p className="form-error">{problem}</p> : null;
  const changed = JSON.stringify(values) !== JSON.stringify(stored);
  const off = Object.fromEntries(
    Object.entries(stored).map(([key, value]) => [
      key,
      neutral.has(key) ? value : typeof value === 'boolean' ? false : typeof value === 'number' ? 0 : value,
    ]),
  );
  const active = JSON.stringify(off) !== JSON.stringify(stored);

  return (
    <form
      className="faults"
      onSubmit={(event) => {
        event.preventDefault();
        void store(values);
      }}
    >
      <p className="meta" role="status">
        {active ? 'Faults are on.' : 'No fault is on. The provider behaves.'}
      </p>
      {groups.filter(({ title }) => steps.length > 0 || title !== 'Status callbacks').map(({ title, fields }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {fields
            .filter(({ key }) => stored[key] !== undefined && stored[key] !== null)
            .filter(({ key }) => steps.length > 0 || !key.startsWith('status'))
            .map((field) => (
              <FaultField
                field={field}
                key={field.key}
                onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
                value={values[field.key] as Value}
              />
            ))}
        </fieldset>
      ))}
      {problem && (
        <p className="form-error" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <button className="button primary" disabled={!changed} type="submit">
          Apply
        </button>
        {active && (
          <button className="button" onClick={() => void store(off)} type="button">
            All off
          </button>
        )}
      </div>
    </form>
  );
}

function FaultField({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  if (typeof value === 'boolean') {
    return (
      <p className="fault">
        <label htmlFor={id}>{field.label}</label>
        <input checked={value} id={id} onChange={(event) => onChange(event.target.checked)} type="checkbox" />
      </p>
    );
  }
  if (Array.isArray(value)) {
    return (
      <p className="fault fault-wide">
        <label htmlFor={id}>{field.label}</label>
        <input
          className="field"
          id={id}
          onChange={(event) => onChange(event.target.value.split(/[,\s]+/).filter((step) => step !== ''))}
          defaultValue={value.join(', ')}
        />
      </p>
    );
  }
  const percent = field.unit === '%';
  return (
    <p className="fault">
      <label htmlFor={id}>{field.label}</label>
      <input
        className="field"
        id={id}
        max={percent ? 100 : undefined}
        min={0}
        onChange={(event) => onChange(Number(event.target.value) / (percent ? 100 : 1))}
        type="number"
        value={percent ? Math.round(value * 1000) / 10 : value}
      />
      <span className="meta unit">{field.unit}</span>
    </p>
  );
}
