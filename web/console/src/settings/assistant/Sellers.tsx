import { useState } from 'react';
import { Fact } from '../../Fact.tsx';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { PartHead } from '../PartHead.tsx';
import { useSettings } from '../Workspace.tsx';

/** How the assistant asks those who sell to the workspace, where a customer wants that. */
export function Sellers() {
  const { settings, problem, change } = useSettings();
  const [editing, setEditing] = useState(false);
  const template = settings?.enquiryTemplate;

  function save(form: FormData) {
    const name = textOf(form, 'name');
    return change({ enquiryTemplate: name === undefined ? null : { name, language: textOf(form, 'language') } });
  }

  return (
    <>
      <PartHead
        about="Customers can have the seller of a product asked, and his words and pictures come back to them. On WhatsApp a seller who has not written for a day is only reached by a template that WhatsApp approved."
        action={
          settings && (
            <button className="button" onClick={() => setEditing(true)} type="button">
              Change the template
            </button>
          )
        }
        loading={!settings}
        problem={problem}
      >
        <dl className="facts settings-facts">
          <Fact term="Template that asks a seller">{template ? template.name : 'None: people are told where he cannot be asked'}</Fact>
          {template?.language && <Fact term="Its language">{template.language}</Fact>}
        </dl>
      </PartHead>
      {editing && (
        <FormDialog onClose={() => setEditing(false)} onSubmit={save} submit="Save" title="The template that asks a seller">
          <Field
            defaultValue={template?.name}
            help="At Meta its name, at Twilio the content’s id. It has two places: the product and the customer’s question. Empty: none."
            label="Template"
            maxLength={512}
            name="name"
            required={false}
          />
          <Field defaultValue={template?.language} help="Where the provider wants it, such as en_US." label="Language" maxLength={15} name="language" required={false} />
        </FormDialog>
      )}
    </>
  );
}
