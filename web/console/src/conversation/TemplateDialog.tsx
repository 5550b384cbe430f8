import { FormDialog } from '../settings/FormDialog.tsx';
import { TemplateFields, templateOf, textOf } from './TemplateFields.tsx';
import { textOfTemplate, usedTemplates } from './templates.ts';
import type { Thread } from './thread.ts';

/** What may be sent when the reply window is over: a text that the provider approved. */
export function TemplateDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  async function send(form: FormData) {
    const { template, stored } = templateOf(form);
    if (!stored) usedTemplates.keep(template);
    void thread.send(textOf(form) ?? textOfTemplate(template), false, { template });
  }

  return (
    <FormDialog onClose={onClose} onSubmit={send} submit="Send the template" title="Send a template">
      <TemplateFields conversationId={thread.id} readable />
    </FormDialog>
  );
}
