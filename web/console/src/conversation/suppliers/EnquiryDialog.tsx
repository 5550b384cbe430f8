import { useEffect, useState } from 'react';
import type { Conversation, Page } from '../../contract.ts';
import { Dialog } from '../../Dialog.tsx';
import { channelName, customerName } from '../../names.ts';
import { sentence } from '../../service.ts';
import { Field, FormDialog, textOf } from '../../settings/FormDialog.tsx';
import { useNow } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { TemplateFields, templateOf, textOf as textOfTemplate } from '../TemplateFields.tsx';
import { takesTemplates, usedTemplates } from '../templates.ts';
import { isPast, isUnwelcome } from '../welcome.ts';
import { AddSupplierDialog } from './AddSupplierDialog.tsx';

interface EnquiryDialogProps {
  /** The customer's. */
  conversation: Conversation;
  onAsked: () => void;
  onClose: () => void;
}

const title = 'Ask a supplier';

/** Asks one of the suppliers, in his own conversation, for the customer of this one. */
export function EnquiryDialog({ conversation, onAsked, onClose }: EnquiryDialogProps) {
  const { service, session } = useWorkplace();
  const [suppliers, setSuppliers] = useState<readonly Conversation[]>();
  const [chosen, setChosen] = useState('');
  const [clientMessageId] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState(0);
  const now = useNow();

  useEffect(() => {
    service.get<Page<Conversation>>('/api/conversations/list', { supplier: 'true', limit: 100 }).then(
      ({ items }) => setSuppliers(items.filter((each) => each.id !== conversation.id && each.status !== 'closed' && !isUnwelcome(each))),
      (error: unknown) => setProblem(sentence(error)),
    );
  }, [service, conversation.id, added]);

  const add = session.may('admin') && (
    <button className="link-button" onClick={() => setAdding(true)} type="button">
      Add a supplier who has not written yet
    </button>
  );

  if (adding) {
    return (
      <AddSupplierDialog
        onAdded={(conversationId) => {
          setChosen(conversationId);
          setAdded(added + 1);
        }}
        onClose={() => setAdding(false)}
      />
    );
  }

  if (!suppliers || suppliers.length === 0) {
    return (
      <Dialog onClose={onClose} title={title}>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        {suppliers && <p>No supplier has an open conversation. Open the conversation of somebody who sells to you and choose “Make a supplier” beside it.</p>}
        {suppliers && add}
        <div className="dialog-actions">
          <button className="button" onClick={onClose} type="button">
            Close
          </button>
        </div>
      </Dialog>
    );
  }

  const asked = suppliers.find(({ id }) => id === chosen);
  const needsTemplate = asked !== undefined && takesTemplates(asked.channel) && (!asked.lastMessage || isPast(asked.windowExpiresAt, now));

  async function ask(form: FormData) {
    const sent = needsTemplate ? templateOf(form) : undefined;
    await service.post(`/api/conversations/${chosen}/messages`, {
      text: sent ? textOfTemplate(form) : textOf(form, 'text'),
      template: sent?.template,
      enquiry: { conversationId: conversation.id, subject: textOf(form, 'subject') },
      clientMessageId,
    });
    if (sent && !sent.stored) usedTemplates.keep(sent.template);
    onAsked();
  }

  return (
    <FormDialog onClose={onClose} onSubmit={ask} submit="Ask" title={title}>
      <label className="form-field">
        <span>Supplier</span>
        <select className="field" name="supplier" onChange={(event) => setChosen(event.target.value)} required value={chosen}>
          <option value="">Choose one</option>
          {suppliers.map((each) => (
            <option key={each.id} value={each.id}>
              {customerName(each.customer)}, {channelName(each.channel)}
            </option>
          ))}
        </select>
      </label>
      {add}
      <Field help={`${customerName(conversation.customer)} reads this below each picture that comes.`} label="What it is about" maxLength={80} name="subject" />
      {needsTemplate ? (
        <>
          <p className="warning-text">Nothing came from this supplier in the last day: only an approved template still arrives.</p>
          <TemplateFields conversationId={chosen} key={chosen} />
        </>
      ) : (
        <Field help="Only the supplier reads this. Name nothing of the customer’s." label="Message to the supplier" maxLength={4_000} name="text" rows={4} />
      )}
    </FormDialog>
  );
}
