import { useState } from 'react';
import { languageName } from '../../names.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { usePublishing } from '../assistant/usePublishing.tsx';
import { useList } from '../useList.ts';
import { DocumentDialog } from './DocumentDialog.tsx';
import { formatName, type KnowledgeDocument } from './documents.ts';
import { DocumentVersions } from './DocumentVersions.tsx';
import { PartHead } from '../PartHead.tsx';

type Open = { kind: 'upload'; replaced: KnowledgeDocument | undefined } | { kind: 'versions'; document: KnowledgeDocument };

/** Whole files that answers are made from. */
export function Documents() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<KnowledgeDocument>('/api/knowledge/documents');
  const { publish, refusal } = usePublishing();
  const [open, setOpen] = useState<Open>();

  return (
    <PartHead
      about="Files that the assistant answers from: manuals, terms, price lists. It quotes the place in them."
      action={
        <button className="button primary" onClick={() => setOpen({ kind: 'upload', replaced: undefined })} type="button">
          Upload a document
        </button>
      }
      loading={!items}
      problem={problem}
    >
      {items?.length === 0 && <p className="notice">There is no document yet. Upload the one that answers most questions, such as your terms of delivery.</p>}
      <ul className="entries">
        {items?.map((document) => (
          <li className="knowledge" key={document.id}>
            <div className="knowledge-words">
              <h2 dir="auto">{document.title}</h2>
              <p className="meta">
                {[
                  formatName(document.format),
                  document.fileName,
                  languageName(document.language),
                  document.parts === 1 ? '1 part' : `${document.parts} parts`,
                  `changed ${formatAgo(document.updatedAt)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {document.version < document.latestVersion && (
                <p className="warning-text">
                  Answers come from version {document.version}; the latest is {document.latestVersion}.
                </p>
              )}
            </div>
            <div className="actions">
              <button className="link-button" onClick={() => setOpen({ kind: 'versions', document })} type="button">
                Text and versions<span className="hidden-text"> of {document.title}</span>
              </button>
              <button className="link-button" onClick={() => setOpen({ kind: 'upload', replaced: document })} type="button">
                Replace<span className="hidden-text"> {document.title}</span>
              </button>
              <button
                className="link-button"
                onClick={() => {
                  if (confirm(`Delete “${document.title}” and all its versions? The assistant stops answering from it at once.`)) {
                    void act(() => publish((query) => service.remove(`/api/knowledge/documents/${document.id}${query}`)));
                  }
                }}
                type="button"
              >
                Delete<span className="hidden-text"> {document.title}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {open?.kind === 'upload' && <DocumentDialog onClose={() => setOpen(undefined)} onUploaded={load} replaced={open.replaced} />}
      {open?.kind === 'versions' && <DocumentVersions document={open.document} onChanged={load} onClose={() => setOpen(undefined)} />}
      {refusal}
    </PartHead>
  );
}
