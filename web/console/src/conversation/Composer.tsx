import { useImperativeHandle, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { AttachIcon, CloseIcon, LockIcon } from '../../../shared/icons.tsx';
import type { Conversation } from '../contract.ts';
import { channelName, customerName } from '../names.ts';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';
import { drafts } from './drafts.ts';
import type { Thread } from './thread.ts';

const maxHeight = 220;
const largestFile = 25 * 1024 * 1024;
const mostFiles = 10;

export interface ComposerHandle {
  write(isPrivate: boolean): void;
}

interface Uploaded {
  id: string;
  name: string;
}

interface ComposerProps {
  conversation: Conversation;
  thread: Thread;
  handle: Ref<ComposerHandle>;
  onTyping: () => void;
}

export function Composer({ conversation, thread, handle, onTyping }: ComposerProps) {
  const { service } = useWorkplace();
  const [draft, setDraft] = useState(() => drafts.of(conversation.id));
  const [files, setFiles] = useState<Uploaded[]>([]);
  const [uploading, setUploading] = useState(0);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const closed = conversation.status === 'closed';
  // Nothing can be sent to the customer then; a note can be left.
  const isPrivate = draft.private || closed;

  useImperativeHandle(handle, () => ({
    write(wanted) {
      change({ ...draft, private: wanted });
      field.current?.focus();
    },
  }));

  useLayoutEffect(() => {
    const element = field.current!;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${Math.min(element.scrollHeight + 2, maxHeight)}px`;
  }, [draft.text]);

  function change(next: typeof draft) {
    setDraft(next);
    drafts.keep(conversation.id, next);
  }

  function send() {
    const text = draft.text.trim();
    if ((!text && files.length === 0) || uploading > 0) return;
    void thread.send(text, isPrivate, files.map(({ id }) => id));
    setFiles([]);
    // The next one is a reply again: a note that becomes a message by accident is worse than the reverse.
    change({ text: '', private: false });
    field.current?.focus();
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  }

  async function attach(chosen: readonly File[]) {
    setProblem(undefined);
    for (const file of chosen.slice(0, mostFiles - files.length)) {
      if (file.size > largestFile) {
        setProblem(`${file.name} is larger than 25 MB. Send a link to it instead.`);
        continue;
      }
      setUploading((count) => count + 1);
      try {
        const { id } = await service.upload<{ id: string }>('/api/media', file);
        setFiles((known) => [...known, { id, name: file.name }]);
      } catch (error) {
        setProblem(`${file.name} was not attached. ${sentence(error)}`);
      } finally {
        setUploading((count) => count - 1);
      }
    }
  }

  function pasted(event: ClipboardEvent) {
    const chosen = [...event.clipboardData.files];
    if (chosen.length === 0) return;
    event.preventDefault();
    void attach(chosen);
  }

  return (
    <form
      aria-label={isPrivate ? 'Private note' : 'Reply'}
      className={`composer ${isPrivate ? 'private' : ''}`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void attach([...event.dataTransfer.files]);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-head">
        <div aria-label="What to write" className="tabs" role="group">
          {!closed && (
            <button aria-pressed={!isPrivate} className="tab" onClick={() => change({ ...draft, private: false })} type="button">
              Reply
            </button>
          )}
          <button aria-pressed={isPrivate} className="tab" onClick={() => change({ ...draft, private: true })} type="button">
            <LockIcon />
            Private note
          </button>
        </div>
        <span className="meta composer-to">
          {isPrivate ? 'Only your team sees this' : `To ${customerName(conversation.customer)} over ${channelName(conversation.channel)}`}
        </span>
      </div>
      <textarea
        aria-label={isPrivate ? 'Private note' : 'Your reply'}
        className="composer-field"
        dir="auto"
        onChange={(event) => {
          change({ ...draft, text: event.target.value });
          if (!isPrivate) onTyping();
        }}
        onKeyDown={pressed}
        onPaste={pasted}
        placeholder={isPrivate ? 'Write a note to your team' : conversation.turn === 'assistant' ? 'Write, and you take over from the assistant' : 'Write a reply'}
        ref={field}
        rows={2}
        value={draft.text}
      />
      {(files.length > 0 || uploading > 0) && (
        <ul className="files">
          {files.map((file) => (
            <li className="file" key={file.id}>
              {file.name}
              <button
                aria-label={`Remove ${file.name}`}
                className="icon-button small"
                onClick={() => setFiles(files.filter((other) => other !== file))}
                type="button"
              >
                <CloseIcon />
              </button>
            </li>
          ))}
          {uploading > 0 && <li className="file meta">Attaching</li>}
        </ul>
      )}
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="composer-foot">
        <input
          className="hidden-text"
          hidden
          multiple
          onChange={(event) => {
            void attach([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
          ref={picker}
          type="file"
        />
        <button aria-label="Attach files" className="icon-button" onClick={() => picker.current?.click()} type="button">
          <AttachIcon />
        </button>
        <span className="meta">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </span>
        <button
          className="button primary"
          disabled={(!draft.text.trim() && files.length === 0) || uploading > 0}
          type="submit"
        >
          {isPrivate ? 'Add note' : 'Send'}
        </button>
      </div>
    </form>
  );
}
