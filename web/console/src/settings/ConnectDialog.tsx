import { useState } from 'react';
import { Dialog } from '../Dialog.tsx';
import { useWorkplace } from '../workplace.ts';
import type { Connection } from './Connections.tsx';
import { Copy } from './Copy.tsx';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { providers } from './providers.ts';

/** First the credentials, then the address that goes back to the provider. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const { service } = useWorkplace();
  const [chosen, setChosen] = useState(providers[0]!);
  const [made, setMade] = useState<Connection>();

  if (made) {
    return (
      <Dialog onClose={onClose} title={`${chosen.title}: one step left`}>
        {made.check?.state === 'failed' && (
          <p className="form-problem" role="alert">
            The connection is kept, but the provider refused the credentials: {made.check.error}
          </p>
        )}
        {made.check?.state === 'ok' && <p className="success-text">The provider takes the credentials.</p>}
        <p>{chosen.paste}</p>
        <Copy label="webhook address" value={made.webhookUrl} />
        <div className="dialog-actions">
          <button className="button primary" onClick={onClose} type="button">
            Done
          </button>
        </div>
      </Dialog>
    );
  }

  return (
    <FormDialog
      onClose={onClose}
      onSubmit={async (form) => {
        const settings = Object.fromEntries(chosen.settings.map(({ key }) => [key, textOf(form, key)]).filter(([, value]) => value));
        setMade(await service.post<Connection>('/api/connections', { provider: chosen.name, name: textOf(form, 'name'), settings }));
      }}
      staysOpen
      submit="Connect"
      title="Connect an account"
    >
      <div className="form-field">
        <label htmlFor="messenger">Messenger</label>
        <select
          aria-describedby="messenger-help"
          className="field"
          id="messenger"
          onChange={(event) => setChosen(providers.find(({ name }) => name === event.target.value)!)}
          value={chosen.name}
        >
          {providers.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <span className="form-help" id="messenger-help">
          {chosen.find}
        </span>
      </div>
      <Field help="How your team calls this account." label="Name" maxLength={100} name="name" required={false} />
      {chosen.settings.map(({ key, label, help, secret, optional }) => (
        <Field help={help} key={`${chosen.name}-${key}`} label={label} name={key} required={!optional} type={secret ? 'password' : 'text'} />
      ))}
    </FormDialog>
  );
}
