import { useState } from 'react';
import { spoken } from '../../names.ts';
import { useWorkplace } from '../../workplace.ts';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { useList } from '../useList.ts';

type Use = 'person' | 'look_up' | 'automatic';

interface McpTool {
  name: string;
  description: string;
  use: Use;
  /** Why models are not offered it. */
  problem?: string;
}

interface McpServer {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  hasAuthorization: boolean;
  tools: McpTool[];
}

const path = '/api/v1/ai/mcp_servers';

const uses: Record<Use, string> = { person: 'A person approves', look_up: 'Only looks', automatic: 'Done without asking' };

const named = (tools: readonly McpTool[], useOf: (tool: McpTool) => string | null) => ({
  lookUps: tools.filter((tool) => useOf(tool) === 'look_up').map(({ name }) => name),
  automatic: tools.filter((tool) => useOf(tool) === 'automatic').map(({ name }) => name),
});

/** Servers of the Model Context Protocol whose tools the assistant may call. */
export function McpServers() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<McpServer>(path);
  const [dialog, setDialog] = useState<'new' | McpServer>();
  const edited = dialog === 'new' ? undefined : dialog;

  async function save(form: FormData) {
    const content = {
      name: textOf(form, 'name'),
      url: textOf(form, 'url'),
      authorization: textOf(form, 'authorization'),
      enabled: edited?.enabled ?? true,
      ...named(edited?.tools ?? [], ({ name }) => form.get(`use ${name}`) as string | null),
    };
    if (edited) await service.put(`${path}/${edited.id}`, content);
    else await service.post(path, content);
    await load();
  }

  const toggle = ({ id, name, url, enabled, tools }: McpServer) =>
    act(() => service.put(`${path}/${id}`, { name, url, enabled: !enabled, ...named(tools, ({ use }) => use) }));

  return (
    <section aria-labelledby="mcp-servers">
      <div className="sub-head">
        <h2 id="mcp-servers">MCP servers</h2>
        <button className="button" onClick={() => setDialog('new')} type="button">
          Add a server
        </button>
      </div>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {items?.length === 0 && <p className="meta">There is none. A server that speaks the Model Context Protocol brings its tools along.</p>}
      <ul aria-label="MCP servers" className="entries">
        {items?.map((server) => (
          <li className="knowledge" key={server.id}>
            <div className="knowledge-words">
              <h3>
                {spoken(server.name)} {!server.enabled && <span className="meta">off</span>}
              </h3>
              <p className="meta tool-address">
                {server.url}
                {server.hasAuthorization && ' · with a credential'}
              </p>
              <ul className="changed-lines">
                {server.tools.map(({ name, use, problem: wrong }) => (
                  <li key={name}>
                    {spoken(name)} <span className={wrong ? 'warning-text' : 'meta'}>{wrong ? `not offered: ${wrong}` : uses[use].toLowerCase()}</span>
                  </li>
                ))}
              </ul>
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => void toggle(server)} type="button">
                Switch {server.enabled ? 'off' : 'on'}
                <span className="hidden-text"> {server.name}</span>
              </button>
              <button className="link-button" onClick={() => setDialog(server)} type="button">
                Edit<span className="hidden-text"> {server.name}</span>
              </button>
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Delete “${server.name}”? What its tools were proposed for goes with it.`)) void act(() => service.remove(`${path}/${server.id}`));
                }}
                type="button"
              >
                Delete<span className="hidden-text"> {server.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {dialog && (
        <FormDialog onClose={() => setDialog(undefined)} onSubmit={save} ready={edited !== undefined} submit="Save" title={edited ? `Edit “${edited.name}”` : 'Add a server'}>
          <p className="form-help">Saving asks the server for its tools and takes them over as they are now.</p>
          <Field defaultValue={edited?.name} help="2 to 20 lower-case letters, digits and underscores; its tools are named after it." label="Server" maxLength={20} name="name" />
          <Field defaultValue={edited?.url} help="At an origin that the configuration allows, over Streamable HTTP." label="Address" maxLength={1_000} name="url" />
          <Field
            help={edited?.hasAuthorization ? 'One is kept. Empty keeps it; another host needs it again.' : 'The value of the header, such as Bearer and a token. It is never shown again.'}
            label="Authorization"
            maxLength={2_000}
            name="authorization"
            required={false}
            type="password"
          />
          {edited?.tools.map(({ name, use }) => (
            <label className="form-field" key={name}>
              <span>{spoken(name)}</span>
              <select className="field" defaultValue={use} name={`use ${name}`}>
                {Object.entries(uses).map(([key, words]) => (
                  <option key={key} value={key}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </FormDialog>
      )}
    </section>
  );
}
