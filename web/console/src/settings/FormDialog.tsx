import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { ServiceError } from '../../../shared/http.ts';
import { Dialog } from '../Dialog.tsx';
import { sentence } from '../service.ts';

interface FormDialogProps {
  title: string;
  submit: string;
  onClose: () => void;
  /** Throws where the service refuses; the dialog stays open then and says why. */
  onSubmit: (form: FormData) => Promise<unknown>;
  /** What comes after the form is its owner's. */
  staysOpen?: boolean;
  /** It may be sent as it is filled in. */
  ready?: boolean;
  children: ReactNode;
}

export function FormDialog({ title, submit, onClose, onSubmit, staysOpen = false, ready = false, children }: FormDialogProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    try {
      await onSubmit(new FormData(event.currentTarget));
      if (!staysOpen) onClose();
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof ServiceError && error.status === 409 ? error.message || 'This is taken already. Choose another.' : sentence(error));
    }
  }

  function leave() {
    if (!changed || confirm('Leave without saving?')) onClose();
  }

  return (
    <Dialog onClose={leave} title={title}>
      <form className="form" onChange={() => setChanged(true)} onSubmit={send}>
        {children}
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-actions">
          <button className="button" onClick={leave} type="button">
            Cancel
          </button>
          <button className="button primary" disabled={busy || !(changed || ready)} type="submit">
            {submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  name: string;
  help?: string;
  type?: string;
  required?: boolean;
  defaultValue?: string;
  maxLength?: number;
  minLength?: number;
  rows?: number;
  placeholder?: string;
  /** What may be chosen instead of typed. */
  list?: readonly string[];
  min?: number;
  max?: number;
  /** What it must look like, as HTML has it. */
  pattern?: string;
  step?: string;
}

export function Field({ label, help, rows, list, required = true, type = 'text', min, max, pattern, step, ...field }: FieldProps) {
  const id = useId();
  // The help describes the field; it is not part of its name.
  const common = { 'aria-describedby': help && `${id}-help`, className: 'field', dir: 'auto', id, required, ...field };
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {label}
        {!required && <span className="form-help"> (can stay empty)</span>}
      </label>
      {rows ? (
        <textarea rows={rows} {...common} />
      ) : (
        <input
          autoComplete={type === 'password' ? 'new-password' : 'off'}
          list={list && `${id}-list`}
          max={max}
          min={min}
          pattern={pattern}
          step={step}
          type={type}
          {...common}
        />
      )}
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
      {help && (
        <span className="form-help" id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}

/** Text of a form's field; undefined where it stayed empty. */
export function textOf(form: FormData, name: string): string | undefined {
  return String(form.get(name) ?? '').trim() || undefined;
}
