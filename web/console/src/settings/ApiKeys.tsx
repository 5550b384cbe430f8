import { useState } from 'react';
import { useWorkplace } from '../workplace.ts';
import { formatWhen, formatAgo } from '../time.ts';
import { Copy } from './Copy.tsx';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { TableSection } from './TableSection.tsx';
import { roles } from './Users.tsx';
import { useList } from './useList.ts';

interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  role: string;
  createdAt: string;
  expiresAt: string;
  revokedAt?: string;
  lastUsedAt?: string;
}

const lifetimes: [days: number, name: string][] = [
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
];

export function ApiKeys() {
  const { session, service } = useWorkplace();
  const { items, problem, act, load } = useList<ApiKey>('/api/api_keys');
  const [made, setMade] = useState<{ name: string; key: string }>();

  return (
    <TableSection
      about="For programs of yours that read or write conversations. A key is shown once, when it is made."
      add="Make a key"
      empty={!made && 'There is no key yet. Make one for the first program that calls the API.'}
      form={(close) => (
        <FormDialog
          onClose={close}
          onSubmit={async (form) => {
            const expiresAt = new Date(Date.now() + Number(form.get('days')) * 86_400_000).toISOString();
            const created = await service.post<{ name: string; key: string }>('/api/api_keys', {
              name: textOf(form, 'name'),
              role: form.get('role'),
              expiresAt,
            });
            setMade(created);
            await load();
          }}
          submit="Make key"
          title="Make a key"
        >
          <Field help="What uses it, so that people know what stops when it is revoked." label="Name" maxLength={100} name="name" />
          <label className="form-field">
            <span>Role</span>
            <select className="field" defaultValue="viewer" name="role">
              {roles
                .filter(([role]) => session.may(role))
                .map(([role, name, may]) => (
                  <option key={role} value={role}>
                    {name}: {may}
                  </option>
                ))}
            </select>
          </label>
          <label className="form-field">
            <span>Ends after</span>
            <select className="field" defaultValue="90" name="days">
              {lifetimes.map(([days, name]) => (
                <option key={days} value={days}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </FormDialog>
      )}
      head={
        <>
          <th>Name</th>
          <th>Begins with</th>
          <th>Role</th>
          <th>Last used</th>
          <th>Ends</th>
          <th className="hidden-text">Actions</th>
        </>
      }
      items={items}
      problem={problem}
      row={(key) => (
        <tr key={key.id}>
          <td dir="auto">{key.name}</td>
          <td>
            <code>{key.prefix}</code>
          </td>
          <td>{roles.find(([role]) => role === key.role)?.[1]}</td>
          <td>{key.lastUsedAt ? formatAgo(key.lastUsedAt) : 'Never'}</td>
          <td>{key.revokedAt ? 'Revoked' : formatWhen(key.expiresAt)}</td>
          <td className="actions">
            {!key.revokedAt && (
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Revoke “${key.name}”? Programs that use it are refused from then on.`)) void act(() => service.remove(`/api/api_keys/${key.id}`));
                }}
                type="button"
              >
                Revoke<span className="hidden-text"> {key.name}</span>
              </button>
            )}
          </td>
        </tr>
      )}
      title="API keys"
    >
      {made && (
        <div className="made" role="status">
          <p>
            This is the key “{made.name}”. Copy it now; nobody can show it again.
          </p>
          <Copy label="key" value={made.key} />
          <button className="link-button" onClick={() => setMade(undefined)} type="button">
            I have copied it
          </button>
        </div>
      )}
    </TableSection>
  );
}
