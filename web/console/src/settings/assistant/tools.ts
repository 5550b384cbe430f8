import { listed } from '../rules.ts';
import { textOf } from '../FormDialog.tsx';

// The tools that the workspace gives its assistant, by `/api/v1/ai/tools`. Parts that are absent are omitted.

export const parameterTypes = { text: 'Text', integer: 'Whole number', amount: 'Amount', flag: 'Yes or no' };

export interface ToolParameter {
  name: string;
  type: keyof typeof parameterTypes;
  description: string;
  required: boolean;
  allowed?: string[];
}

export interface HttpTool {
  id: string;
  name: string;
  description: string;
  method: string;
  url: string;
  parameters: ToolParameter[];
  approval: 'automatic' | 'person';
  enabled: boolean;
  hasAuthorization: boolean;
}

export interface ToolProposal {
  id: string;
  conversationId: string;
  tool: string;
  arguments: Record<string, unknown>;
  status: 'proposed' | 'running' | 'done' | 'failed' | 'rejected';
  result?: string;
  createdAt: string;
}

export const toolsPath = '/api/v1/ai/tools';
export const proposalsPath = '/api/v1/ai/tool_proposals';

/** What a form's fields say; its parameters are numbered. */
export function readTool(form: FormData, parameters: readonly number[]) {
  return {
    name: textOf(form, 'name'),
    description: textOf(form, 'description'),
    method: form.get('method'),
    url: textOf(form, 'url'),
    approval: form.get('approval') ?? 'automatic',
    authorization: textOf(form, 'authorization'),
    parameters: parameters.map((number) => ({
      name: textOf(form, `name-${number}`),
      type: form.get(`type-${number}`),
      description: textOf(form, `description-${number}`),
      required: form.get(`required-${number}`) === 'on',
      allowed: form.get(`type-${number}`) === 'text' ? listed(textOf(form, `allowed-${number}`)) : undefined,
    })),
  };
}
