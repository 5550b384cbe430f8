import { useState } from 'react';
import type { Role, User } from '../contract.ts';
import { useWorkplace } from '../workplace.ts';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { Section } from './Section.tsx';
import { useList } from './useList.ts';

export const roles: [role: Role, name: string, may: string][] = [
  ['viewer', 'Viewer', 'reads conversations, customers and figures'],
  ['agent', 'Agent', 'also writes, assigns, labels, takes over and merges'],
  ['admin', 'Admin', 'also connections, knowledge, people, keys and the audit log'],
  ['owner', 'Owner', 'also owners, and erasing customers'],
];

export function Users() {
  const { session, service, user: self } = useWorkplace();
  const { items, problem, act, load } = useList<User>('/api/users');
  const [dialog, setDialog] = useState<'new' | User>();
  const manages = session.may('admin');
  const offered = roles.filter(([role]) => session.may(role));

  return (
    <Section
      about="Who works with the conversations of this workspace, and what each may do."
      action={
        manages && (
          <button className="button primary" onClick={() => setDialog('new')} type="button">
            Add a person
          </button>
        )
      }
      loading={!items}
      problem={problem}
      title="People and roles"
    >
      <table className="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>E-mail</th>
            <th>Role</th>
            <th>State</th>
            {manages && <th className="hidden-text">Actions</th>}
          </tr>
        </thead>
        <tbody>
          {items?.map((person) => {
            const reach = manages && session.may(person.role) && person.id !== self.id;
            return (
              <tr key={person.id}>
                <td dir="auto">{person.name}</td>
                <td>{person.email}</td>
                <td>
                  {reach ? (
                    <select
                      aria-label={`Role of ${person.name}`}
                      className="field role-field"
                      onChange={(event) => void act(() => service.patch(`/api/users/${person.id}`, { role: event.target.value }))}
                      value={person.role}
                    >
                      {offered.map(([role, name]) => (
                        <option key={role} value={role}>
                          {name}
                        </option>
                      ))}
                    </select>
                  ) : (
                    roles.find(([role]) => role === person.role)?.[1]
                  )}
                </td>
                <td>{person.disabled ? 'Disabled' : 'Can sign in'}</td>
                {manages && (
                  <td className="actions">
                    {reach && (
                      <>
                        <button className="link-button" onClick={() => setDialog(person)} type="button">
                          New password<span className="hidden-text"> for {person.name}</span>
                        </button>
                        <button
                          className="link-button"
                          onClick={() => void act(() => service.post(`/api/users/${person.id}/${person.disabled ? 'enable' : 'disable'}`))}
                          type="button"
                        >
                          {person.disabled ? 'Enable' : 'Disable'}
                          <span className="hidden-text"> {person.name}</span>
                        </button>
                      </>
                    )}
                    {person.id === self.id && <span className="meta">You</span>}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      <dl className="role-list">
        {roles.map(([role, name, may]) => (
          <div key={role}>
            <dt>{name}</dt>
            <dd>{may}</dd>
          </div>
        ))}
      </dl>
      {dialog === 'new' && (
        <FormDialog
          onClose={() => setDialog(undefined)}
          onSubmit={async (form) => {
            await service.post('/api/users', {
              name: textOf(form, 'name'),
              email: textOf(form, 'email'),
              role: form.get('role'),
              password: form.get('password'),
            });
            await load();
          }}
          submit="Add"
          title="Add a person"
        >
          <Field label="Name" maxLength={100} name="name" />
          <Field label="E-mail" name="email" type="email" />
          <label className="form-field">
            <span>Role</span>
            <select className="field" defaultValue="agent" name="role">
              {offered.map(([role, name, may]) => (
                <option key={role} value={role}>
                  {name}: {may}
                </option>
              ))}
            </select>
          </label>
          <Field help="12 characters or more. Tell it to the person yourself; no mail is sent." label="First password" minLength={12} name="password" type="password" />
        </FormDialog>
      )}
      {dialog && dialog !== 'new' && (
        <FormDialog
          onClose={() => setDialog(undefined)}
          onSubmit={(form) => service.patch(`/api/users/${dialog.id}`, { password: form.get('password') })}
          submit="Set password"
          title={`New password for ${dialog.name}`}
        >
          <Field help="12 characters or more. Tell it to the person yourself; no mail is sent." label="New password" minLength={12} name="password" type="password" />
        </FormDialog>
      )}
    </Section>
  );
}
