import { useState } from 'react';
import { ChatAddress } from './ChatAddress.tsx';
import { Copy } from './Copy.tsx';
import { Field, FormDialog } from './FormDialog.tsx';
import { PreChatForm } from './PreChatForm.tsx';
import { Section } from './Section.tsx';
import { useSettings } from './Workspace.tsx';

export function WidgetCode() {
  const { settings, problem, change } = useSettings();
  const [editing, setEditing] = useState(false);
  return (
    <Section about="The chat on your own pages: one line before the end of the page’s body." loading={!settings} problem={problem} title="Widget">
      {settings && (
        <>
          <Copy label="script tag" value={`<script src="${location.origin}/widget.js" data-workspace-key="${settings.workspaceKey}" async></script>`} />
          <p className="about widget-help">The key says which workspace answers; it is no secret.</p>
          <p className="about widget-help">On a product’s page, say which one it is: then “is this in stock?” is about that one, and you see in the conversation what the customer looked at.</p>
          <Copy
            label="page context"
            value="<script>addEventListener('assistify:ready', () => Assistify.setContext({ url: location.href, title: document.title, product: 'blue-vase' }));</script>"
          />
          <ChatAddress address={`${location.origin}/`} />
          <PreChatForm onSave={change} preChat={settings.preChat} />
          <header className="sub-head">
            <h2>Pages that may show it</h2>
            <button className="button" onClick={() => setEditing(true)} type="button">
              Change pages
            </button>
          </header>
          {settings.allowedOrigins.length === 0 ? (
            <p className="notice">Every page that ASSISTIFY_ALLOWED_ORIGINS names may. Name your own here, and no other shows it.</p>
          ) : (
            <ul className="origins">
              {settings.allowedOrigins.map((origin) => (
                <li key={origin}>{origin}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {settings && editing && (
        <FormDialog
          onClose={() => setEditing(false)}
          onSubmit={(form) => change({ allowedOrigins: String(form.get('origins') ?? '').split(/\s+/).filter(Boolean) })}
          submit="Save"
          title="Pages that may show the widget"
        >
          <Field
            defaultValue={settings.allowedOrigins.join('\n')}
            help="One origin to a line, such as https://shop.example.com, without a path. They count within seconds."
            label="Origins"
            name="origins"
            required={false}
            rows={6}
          />
        </FormDialog>
      )}
    </Section>
  );
}
