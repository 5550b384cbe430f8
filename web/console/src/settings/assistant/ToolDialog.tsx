import { useState } from 'react';
import { Field, FormDialog } from '../FormDialog.tsx';
import { parameterTypes, readTool, type HttpTool, type ToolParameter } from './tools.ts';

const mostParameters = 12;

interface ToolDialogProps {
  tool: HttpTool | undefined;
  onSave: (content: object) => Promise<void>;
  onClose: () => void;
}

export function ToolDialog({ tool, onSave, onClose }: ToolDialogProps) {
  const [method, setMethod] = useState(tool?.method ?? 'GET');
  // By numbers of their own, so that what was written stays with its parameter when another one goes.
  const [parameters, setParameters] = useState(() => (tool?.parameters ?? []).map((_, index) => index));

  return (
    <FormDialog
      onClose={onClose}
      onSubmit={(form) => onSave({ ...readTool(form, parameters), enabled: tool?.enabled ?? true })}
      ready={parameters.length !== (tool?.parameters.length ?? 0)}
      submit="Save"
      title={tool ? `Edit “${tool.name}”` : 'Add a tool'}
    >
      <Field defaultValue={tool?.name} help="Lower-case letters, digits and underscores, such as check_stock." label="Tool" maxLength={40} name="name" />
      <Field defaultValue={tool?.description} help="When the assistant should call it and what it gets." label="What it is for" maxLength={500} name="description" rows={2} />
      <label className="form-field">
        <span>Method</span>
        <select className="field" name="method" onChange={(event) => setMethod(event.target.value)} value={method}>
          {['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <Field
        defaultValue={tool?.url}
        help="At an origin that the configuration allows; needed parameters in braces, such as https://api.shop.example/stock/{sku}."
        label="Address"
        maxLength={1_000}
        name="url"
      />
      {method !== 'GET' && (
        <label className="form-field">
          <span>Before it is called</span>
          <select className="field" defaultValue={tool?.approval ?? 'person'} name="approval">
            <option value="person">A person approves</option>
            <option value="automatic">Nobody is asked</option>
          </select>
        </label>
      )}
      <Field
        help={tool?.hasAuthorization ? 'One is kept. Empty keeps it; another host needs it again.' : 'The value of the header, such as Bearer and a token. It is never shown again.'}
        label="Authorization"
        maxLength={2_000}
        name="authorization"
        required={false}
        type="password"
      />
      {parameters.map((number, index) => (
        <Parameter
          key={number}
          number={number}
          onRemove={() => setParameters(parameters.filter((each) => each !== number))}
          parameter={tool?.parameters[number]}
          place={index + 1}
        />
      ))}
      {parameters.length < mostParameters && (
        <div>
          <button className="button" onClick={() => setParameters([...parameters, Math.max(-1, ...parameters) + 1])} type="button">
            Add a parameter
          </button>
        </div>
      )}
    </FormDialog>
  );
}

interface ParameterProps {
  number: number;
  place: number;
  parameter: ToolParameter | undefined;
  onRemove: () => void;
}

function Parameter({ number, place, parameter, onRemove }: ParameterProps) {
  const [type, setType] = useState(parameter?.type ?? 'text');
  return (
    <fieldset className="parameter">
      <legend>Parameter {place}</legend>
      <Field defaultValue={parameter?.name} label="Name" maxLength={40} name={`name-${number}`} />
      <label className="form-field">
        <span>Kind</span>
        <select className="field" name={`type-${number}`} onChange={(event) => setType(event.target.value as ToolParameter['type'])} value={type}>
          {Object.entries(parameterTypes).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <Field defaultValue={parameter?.description} label="Meaning" maxLength={300} name={`description-${number}`} />
      {type === 'text' && (
        <Field defaultValue={parameter?.allowed?.join(', ')} help="With commas between them." label="Only these values" maxLength={6_000} name={`allowed-${number}`} required={false} />
      )}
      <div className="parameter-foot">
        <label className="check">
          <input defaultChecked={parameter?.required ?? true} name={`required-${number}`} type="checkbox" />
          Needed
        </label>
        <button className="link-button" onClick={onRemove} type="button">
          Remove<span className="hidden-text"> parameter {place}</span>
        </button>
      </div>
    </fieldset>
  );
}
