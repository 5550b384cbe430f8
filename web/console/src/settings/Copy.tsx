import { useState } from 'react';

/** A value to paste elsewhere; it can be selected too, where the browser lets no script write to the clipboard. */
export function Copy({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <span className="copy">
      <code className="copy-value">{value}</code>
      <button
        className="button"
        onClick={() => navigator.clipboard?.writeText(value).then(() => setCopied(true), () => undefined)}
        type="button"
      >
        {copied ? 'Copied' : 'Copy'}
        <span className="hidden-text"> {label}</span>
      </button>
    </span>
  );
}
