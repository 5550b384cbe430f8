import { useEffect, useState } from 'react';
import { channelName } from '../../names.ts';
import { sentence } from '../../service.ts';
import type { Connection } from '../../settings/Connections.tsx';
import { Field, FormDialog, textOf } from '../../settings/FormDialog.tsx';
import { useWorkplace } from '../../workplace.ts';
import { takesTemplates } from '../templates.ts';

interface AddSupplierDialogProps {
  /** @param conversationId Where he is asked. */
  onAdded: (conversationId: string) => void;
  onClose: () => void;
}

/** Somebody who sells to the shop and has not written yet: only messengers with templates reach such people. */
export function AddSupplierDialog({ onAdded, onClose }: AddSupplierDialogProps) {
  const { service } = useWorkplace();
  const [connections, setConnections] = useState<readonly Connection[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    service.get<{ items: Connection[] }>('/api/connections').then(
      ({ items }) => setConnections(items.filter(({ channel }) => takesTemplates(channel))),
      (error: unknown) => setProblem(sentence(error)),
    );
  }, [service]);

  async function add(form: FormData) {
    const { conversationId } = await service.post<{ conversationId: string }>('/api/suppliers', {
      connectionId: form.get('connection'),
      address: textOf(form, 'address'),
      name: textOf(form, 'name'),
    });
    onAdded(conversationId);
  }

  return (
    <FormDialog onClose={onClose} onSubmit={add} submit="Add the supplier" title="Add a supplier">
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {connections?.length === 0 && <p>No WhatsApp account is connected. On other messengers a supplier writes first.</p>}
      <Field label="Name" maxLength={100} name="name" />
      <Field help="With the country’s code, such as +44 7700 900123." label="Phone number" maxLength={64} name="address" type="tel" />
      <label className="form-field">
        <span>Written to from</span>
        <select className="field" name="connection" required>
          {connections?.map(({ id, channel, name, account }) => (
            <option key={id} value={id}>
              {name ?? channelName(channel)}, {account}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  );
}
