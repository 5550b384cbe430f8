import type { StoredTemplate } from '../contract.ts';
import { channelName, spoken } from '../names.ts';
import { ProviderFields } from '../conversation/TemplateFields.tsx';
import { takesTemplates } from '../conversation/templates.ts';
import { useWorkplace } from '../workplace.ts';
import type { Connection } from './Connections.tsx';
import { Field, FormDialog, textOf } from './FormDialog.tsx';
import { ListSection } from './ListSection.tsx';
import { useList } from './useList.ts';

const categories = ['utility', 'marketing', 'authentication'];

/** Texts that providers approved, as they are sent when a reply window is over. */
export function Templates() {
  const { session, service } = useWorkplace();
  const { items, problem, act, load } = useList<StoredTemplate>('/api/templates');
  const writes = session.may('admin');

  async function save(form: FormData, edited: StoredTemplate | undefined) {
    const content = {
      channel: 'whatsapp',
      connectionId: textOf(form, 'connection'),
      name: textOf(form, 'name'),
      language: textOf(form, 'language'),
      category: textOf(form, 'category'),
      text: textOf(form, 'text'),
    };
    if (edited) await service.put(`/api/templates/${edited.id}`, content);
    else await service.post('/api/templates', content);
    await load();
  }

  return (
    <ListSection
      about="Texts that WhatsApp approved. They still reach a customer who wrote more than a day ago. Copy each as it was approved; a change here changes nothing at the provider."
      add={writes ? 'Add a template' : undefined}
      empty={writes ? 'There is none yet. Add the one that asks customers to write again.' : 'There is none yet. An admin can add those that WhatsApp approved.'}
      form={(edited, close) => <TemplateForm edited={edited} onClose={close} onSave={(form) => save(form, edited)} />}
      items={items}
      onDelete={(template) => void act(() => service.remove(`/api/templates/${template.id}`))}
      problem={problem}
      question={(template) => `Delete “${template.name}”? At the provider it stays.`}
      title="Templates"
      words={({ language, category, connectionId, text }) => (
        <>
          <p className="meta">{[language, spoken(category), connectionId && 'One account only'].filter(Boolean).join(', ')}</p>
          <p className="knowledge-body" dir="auto">
            {text}
          </p>
        </>
      )}
    />
  );
}

interface TemplateFormProps {
  edited: StoredTemplate | undefined;
  onSave: (form: FormData) => Promise<unknown>;
  onClose: () => void;
}

function TemplateForm({ edited, onSave, onClose }: TemplateFormProps) {
  const { items: connections } = useList<Connection>('/api/connections');
  const accounts = connections?.filter(({ channel }) => takesTemplates(channel));
  return (
    <FormDialog onClose={onClose} onSubmit={onSave} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a template'}>
      <ProviderFields known={edited} />
      <label className="form-field">
        <span>Category</span>
        <select className="field" defaultValue={edited?.category} name="category">
          {categories.map((category) => (
            <option key={category} value={category}>
              {spoken(category)}
            </option>
          ))}
        </select>
      </label>
      <label className="form-field">
        <span>Account</span>
        {/* Chosen once the accounts are known. */}
        <select className="field" defaultValue={edited?.connectionId} key={accounts ? 'known' : 'asked'} name="connection">
          <option value="">Each WhatsApp account</option>
          {!accounts && edited?.connectionId && <option value={edited.connectionId}>The one that it has now</option>}
          {accounts?.map(({ id, channel, name, account }) => (
            <option key={id} value={id}>
              {name ?? channelName(channel)}, {account}
            </option>
          ))}
        </select>
      </label>
      <Field
        defaultValue={edited?.text}
        help="Places for values as the provider numbers them, such as “Your order {{1}} comes on {{2}}.”"
        label="Text"
        maxLength={1_600}
        name="text"
        rows={5}
      />
    </FormDialog>
  );
}
