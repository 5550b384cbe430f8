import { useImperativeHandle, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { AttachIcon, CloseIcon, LockIcon } from '../../../shared/icons.tsx';
import type { Conversation } from '../contract.ts';
import { channelName, customerName } from '../names.ts';
import { sentence } from '../service.ts';
import { useNow } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { mentioned } from './canned.ts';
import { drafts } from './drafts.ts';
import { Macros } from './Macros.tsx';
import type { Outgoing, Uploaded } from './outbox.ts';
import { Suggestions } from './Suggestions.tsx';
import { TemplateDialog } from './TemplateDialog.tsx';
import { takesTemplates } from './templates.ts';
import type { Thread } from './thread.ts';
import { useLookup } from './useLookup.ts';
import { isPast, isUnwelcome } from './welcome.ts';

const maxHeight = 220;
const largestFile = 25 * 1024 * 1024;
const mostFiles = 10;

export interface ComposerHandle {
  write(isPrivate: boolean): void;
  /** What was suggested, behind what is written already. */
  use(text: string): void;
  /** What was sent and taken back, to be written on. */
  restore(outgoing: Outgoing): void;
}

interface ComposerProps {
  conversation: Conversation;
  thread: Thread;
  handle: Ref<ComposerHandle>;
  onTyping: () => void;
}

export function Composer({ conversation, thread, handle, onTyping }: ComposerProps) {
  const { service, team } = useWorkplace();
  const [draft, setDraft] = useState(() => drafts.of(conversation.id));
  const [files, setFiles] = useState<readonly Uploaded[]>([]);
  const [uploading, setUploading] = useState(0);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const unwelcome = isUnwelcome(conversation);
  // Nothing can be sent to the customer then; a note can be left.
  const notesOnly = conversation.status === 'closed' || unwelcome;
  const isPrivate = draft.private || notesOnly;
  const [choosing, setChoosing] = useState(false);
  const now = useNow();
  const needsTemplate = !isPrivate && takesTemplates(conversation.channel) && isPast(conversation.windowExpiresAt, now);
  const nothing = (!draft.text.trim() && files.length === 0) || uploading > 0;
  const caret = useRef<number>(undefined);
  const lookup = useLookup(conversation, isPrivate, (replaced) => {
    caret.current = replaced.caret;
    change({ ...draft, text: replaced.text });
  });

  useImperativeHandle(handle, () => ({
    write(wanted) {
      change({ ...draft, private: wanted });
      field.current?.focus();
    },
    use(text) {
      const begun = draft.text.trim();
      // What was begun as a note does not become a message by accident.
      change({ text: begun ? `${draft.text.trimEnd()}\n\n${text}` : text, private: draft.private && begun !== '' });
      field.current?.focus();
    },
    restore({ text, attachments }) {
      // What was begun meanwhile comes after it.
      change({ text: [text, draft.text].filter(Boolean).join('\n'), private: false });
      setFiles([...attachments, ...files]);
      field.current?.focus();
    },
  }));

  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [draft.text]);

  useLayoutEffect(() => {
    const element = field.current!;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${Math.min(element.scrollHeight + 2, maxHeight)}px`;
  }, [draft.text]);

  function change(next: typeof draft) {
    setDraft(next);
    drafts.keep(conversation.id, next);
  }

  function send(thenClose = false) {
    const text = draft.text.trim();
    if (nothing) return;
    if (isPrivate) void addNote(text);
    else void thread.send(text, false, { attachments: files, thenClose });
    lookup.close();
    setFiles([]);
    // The next one is a reply again: a note that becomes a message by accident is worse than the reverse.
    change({ text: '', private: false });
    field.current?.focus();
  }

  async function addNote(text: string) {
    // A note is worth more than that somebody hears of it.
    const people = text.includes('@') ? await team.people().catch(() => []) : [];
    await thread.send(text, true, { attachments: files, mentions: mentioned(text, people).map(({ id }) => id) });
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || lookup.pressed(event, draft.text)) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send(event.shiftKey);
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
    <>
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
            {!notesOnly && (
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
            {isPrivate ? (unwelcome ? 'Only a note can be left' : 'Only your team sees this') : `To ${customerName(conversation.customer)} over ${channelName(conversation.channel)}`}
          </span>
        </div>
        {needsTemplate && (
          <p className="template-offer">
            <span className="meta">An approved template still reaches the customer.</span>
            <button className="button" onClick={() => setChoosing(true)} type="button">
              Send a template
            </button>
          </p>
        )}
        {lookup.open && (
          <Suggestions
            active={lookup.active}
            id={lookup.id}
            items={lookup.items}
            onChoose={(index) => lookup.choose(draft.text, index)}
            title={lookup.sign === '/' ? 'Canned answers' : 'Colleagues'}
          />
        )}
        <textarea
          aria-activedescendant={lookup.open ? `${lookup.id}-${lookup.active}` : undefined}
          aria-autocomplete="list"
          aria-controls={lookup.open ? lookup.id : undefined}
          aria-label={isPrivate ? 'Private note' : 'Your reply'}
          className="composer-field"
          dir="auto"
          onChange={(event) => {
            change({ ...draft, text: event.target.value });
            lookup.look(event.target.value, event.target.selectionStart);
            // The customer is told too, who must not wait for a note.
            if (!isPrivate) onTyping();
          }}
          onBlur={lookup.close}
          onKeyDown={pressed}
          onPaste={pasted}
          placeholder={isPrivate ? 'Write a note to your team, @ names a colleague' : conversation.turn === 'assistant' && !conversation.customer.supplier ? 'Write, and you take over from the assistant' : 'Write a reply, / finds a canned answer'}
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
          <Macros canAnswer={!notesOnly} conversation={conversation} thread={thread} />
          <span className="meta">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
          <span className="composer-send">
            {!isPrivate && (
              <button className="button" disabled={nothing} onClick={() => send(true)} type="button">
                Send and close
              </button>
            )}
            <button className="button primary" disabled={nothing} type="submit">
              {isPrivate ? 'Add note' : 'Send'}
            </button>
          </span>
        </div>
      </form>
      {choosing && <TemplateDialog onClose={() => setChoosing(false)} thread={thread} />}
    </>
  );
}
