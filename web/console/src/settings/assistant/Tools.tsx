import { useState } from 'react';
import { spoken } from '../../names.ts';
import { useWorkplace } from '../../workplace.ts';
import { PartHead } from '../PartHead.tsx';
import { useList } from '../useList.ts';
import { McpServers } from './McpServers.tsx';
import { ToolDialog } from './ToolDialog.tsx';
import { toolsPath, type HttpTool } from './tools.ts';

/** Calls of the workspace's own systems that the assistant may make. */
export function Tools() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<HttpTool>(toolsPath);
  const [dialog, setDialog] = useState<'new' | HttpTool>();
  const edited = dialog === 'new' ? undefined : dialog;

  async function save(content: object) {
    if (edited) await service.put(`${toolsPath}/${edited.id}`, content);
    else await service.post(toolsPath, content);
    await load();
  }

  return (
    <PartHead
      about="Calls of your own systems that the assistant may make while it answers. What changes something can wait for a person."
      action={
        items && (
          <button className="button primary" onClick={() => setDialog('new')} type="button">
            Add a tool
          </button>
        )
      }
      loading={!items}
      problem={problem}
    >
      {items?.length === 0 && (
        <p className="notice">There is none yet. Add one, such as a look at your stock, once its origin is among Ai__Tools__AllowedOrigins of the configuration.</p>
      )}
      <ul aria-label="Tools" className="entries">
        {items?.map((tool) => (
          <li className="knowledge" key={tool.id}>
            <div className="knowledge-words">
              <h2>
                {spoken(tool.name)} {!tool.enabled && <span className="meta">off</span>}
              </h2>
              <p dir="auto">{tool.description}</p>
              <p className="meta tool-address">
                {tool.method} {tool.url}
              </p>
              <p className="meta">
                {[
                  tool.method === 'GET' ? 'Only looks' : tool.approval === 'person' ? 'A person approves each call' : 'Called without asking anybody',
                  tool.hasAuthorization && 'with a credential',
                  tool.parameters.length > 0 && `needs ${tool.parameters.map(({ name }) => name).join(', ')}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => void act(() => service.put(`${toolsPath}/${tool.id}`, { ...tool, enabled: !tool.enabled }))} type="button">
                Switch {tool.enabled ? 'off' : 'on'}
                <span className="hidden-text"> {tool.name}</span>
              </button>
              <button className="link-button" onClick={() => setDialog(tool)} type="button">
                Edit<span className="hidden-text"> {tool.name}</span>
              </button>
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Delete “${tool.name}”? What it was proposed for goes with it.`)) void act(() => service.remove(`${toolsPath}/${tool.id}`));
                }}
                type="button"
              >
                Delete<span className="hidden-text"> {tool.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      <McpServers />
      {dialog && <ToolDialog onClose={() => setDialog(undefined)} onSave={save} tool={edited} />}
    </PartHead>
  );
}
