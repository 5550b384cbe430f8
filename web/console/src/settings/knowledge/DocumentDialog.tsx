import { useState } from 'react';
import { useWorkplace } from '../../workplace.ts';
import { usePublishing } from '../assistant/usePublishing.tsx';
import { Field, FormDialog } from '../FormDialog.tsx';
import { accepted, refusal, uploadOf, type KnowledgeDocument } from './documents.ts';
import { LanguageOptions } from './languages.tsx';

interface DocumentDialogProps {
  /** What gets a new version; absent: a new document. */
  replaced: KnowledgeDocument | undefined;
  onClose: () => void;
  onUploaded: () => Promise<void>;
}

export function DocumentDialog({ replaced, onClose, onUploaded }: DocumentDialogProps) {
  const { service } = useWorkplace();
  const { publish, refusal: refusedBySuite } = usePublishing();
  const [progress, setProgress] = useState<number>();
  const [refused, setRefused] = useState<string>();

  async function upload(form: FormData) {
    const content = uploadOf(form);
    await publish(async (query) => {
      setProgress(0);
      try {
        if (replaced) await service.sendForm('PUT', `/api/knowledge/documents/${replaced.id}${query}`, content, setProgress);
        else await service.sendForm('POST', `/api/knowledge/documents${query}`, content, setProgress);
      } finally {
        setProgress(undefined);
      }
    });
    await onUploaded();
  }

  return (
    <>
      <FormDialog
        onClose={onClose}
        onSubmit={upload}
        submit={replaced ? 'Replace' : 'Upload'}
        title={replaced ? `Replace “${replaced.title}”` : 'Upload a document'}
      >
        <label className="form-field">
          <span>File</span>
          <input
            accept={accepted.join(',')}
            aria-describedby="document-file-help"
            className="file-field"
            name="file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              const reason = file && refusal(file);
              event.target.setCustomValidity(reason ?? '');
              setRefused(reason);
            }}
            required
            type="file"
          />
          <span className={refused ? 'form-problem' : 'form-help'} id="document-file-help" role={refused ? 'alert' : undefined}>
            {refused ?? 'Markdown, a web page, a table (CSV) or plain text, up to 5 MB.'}
          </span>
        </label>
        <Field defaultValue={replaced?.title} help="Empty: what the document calls itself." label="Title" maxLength={200} name="title" required={false} />
        <Field defaultValue={replaced?.url} help="Where customers read it; answers link there." label="Web address" maxLength={2_000} name="url" required={false} type="url" />
        <label className="form-field">
          <span>Language</span>
          <select className="field" defaultValue={replaced?.language ?? ''} name="language">
            <option value="">Recognised from the text</option>
            <LanguageOptions also={replaced?.language} />
          </select>
        </label>
        {progress !== undefined && (
          <div className="upload" role="status">
            <progress aria-label="Upload" max={1} value={progress} />
            <span className="meta">{progress < 1 ? `${Math.round(progress * 100)} % uploaded` : 'Uploaded, being read'}</span>
          </div>
        )}
      </FormDialog>
      {refusedBySuite}
    </>
  );
}
