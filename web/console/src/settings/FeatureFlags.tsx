import { useState } from 'react';
import { formatAgo } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { TableSection } from './TableSection.tsx';
import { useList } from './useList.ts';

interface FeatureFlag {
  name: string;
  enabled: boolean;
  percent: number;
  updatedAt: string;
}

export function FeatureFlags() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<FeatureFlag>('/api/feature_flags');
  const set = (name: string, enabled: boolean, percent: number) =>
    service.put(`/api/feature_flags/${encodeURIComponent(name)}`, { enabled, percent });

  return (
    <TableSection
      about="What is tried with some of the conversations before it is for all."
      add="Add a flag"
      empty="There is none yet. A flag is made by the name that the feature asks for."
      form={(close) => (
        <FormDialog
          onClose={close}
          onSubmit={async (form) => {
            await set(textOf(form, 'name') ?? '', form.get('enabled') === 'on', Number(form.get('percent')));
            await load();
          }}
          submit="Add"
          title="Add a feature flag"
        >
          <Field help="Lower-case letters, digits, dots and dashes, such as offers.v2." label="Name" maxLength={64} name="name" />
          <Field defaultValue="100" label="Percent of conversations" max={100} min={0} name="percent" type="number" />
          <label className="check">
            <input name="enabled" type="checkbox" />
            On from now
          </label>
        </FormDialog>
      )}
      head={
        <>
          <th>Feature</th>
          <th>State</th>
          <th>Part of conversations</th>
          <th>Changed</th>
        </>
      }
      items={items}
      problem={problem}
      row={(flag) => (
        <tr key={flag.name}>
          <td>{flag.name}</td>
          <td>
            <label className="check">
              <input
                aria-label={`${flag.name} is on`}
                checked={flag.enabled}
                onChange={(event) => void act(() => set(flag.name, event.target.checked, flag.percent))}
                type="checkbox"
              />
              {flag.enabled ? 'On' : 'Off'}
            </label>
          </td>
          <td>
            <Percent flag={flag} onSet={(percent) => void act(() => set(flag.name, flag.enabled, percent))} />
          </td>
          <td className="meta">{formatAgo(flag.updatedAt)}</td>
        </tr>
      )}
      title="Feature flags"
    />
  );
}

/** Saved when the field is left or Enter is pressed, not for every digit. */
function Percent({ flag, onSet }: { flag: FeatureFlag; onSet: (percent: number) => void }) {
  const [text, setText] = useState(String(flag.percent));
  const done = () => {
    const percent = Number(text);
    if (Number.isInteger(percent) && percent >= 0 && percent <= 100) {
      if (percent !== flag.percent) onSet(percent);
    } else {
      setText(String(flag.percent));
    }
  };
  return (
    <>
      <input
        aria-label={`Percent of conversations with ${flag.name}`}
        className="field percent-field"
        max={100}
        min={0}
        onBlur={done}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
        type="number"
        value={text}
      />{' '}
      %
    </>
  );
}
