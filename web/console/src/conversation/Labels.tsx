import { useState, type FormEvent } from 'react';
import type { Conversation } from '../contract.ts';
import { Link } from '../Link.tsx';
import { Popover } from '../Popover.tsx';
import type { Thread } from './thread.ts';

interface LabelsProps {
  conversation: Conversation;
  thread: Thread;
  open: boolean;
  onOpen: (open: boolean) => void;
}

export function Labels({ conversation, thread, open, onOpen }: LabelsProps) {
  const { labels } = conversation;
  const [text, setText] = useState('');

  function add(event: FormEvent) {
    event.preventDefault();
    const label = text.trim();
    setText('');
    if (label && !labels.includes(label)) void thread.label([...labels, label]);
  }

  return (
    <Popover
      label={<span className="action-name">{labels.length === 0 ? 'Label' : labels.length === 1 ? labels[0] : `${labels.length} labels`}</span>}
      onOpen={onOpen}
      open={open}
      title="Labels"
    >
      <form className="label-form" onSubmit={add}>
        <input
          aria-label="New label"
          className="field"
          maxLength={64}
          onChange={(event) => setText(event.target.value)}
          placeholder="New label, then Enter"
          value={text}
        />
      </form>
      {labels.length > 0 && (
        <ul className="choices">
          {labels.map((label) => (
            <li className="label-line" key={label}>
              <Link className="label" dir="auto" query={new URLSearchParams({ label })} title="Show all conversations with this label" to={['inbox', conversation.id]}>
                {label}
              </Link>
              <button className="link-button" onClick={() => void thread.label(labels.filter((other) => other !== label))} type="button">
                Remove<span className="hidden-text"> {label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
