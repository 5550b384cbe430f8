import { Dialog } from '../../Dialog.tsx';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { ItemAction } from '../ListItem.tsx';
import { useFound } from '../useList.ts';
import type { KnowledgeDocument, OpenedDocument } from './documents.ts';

interface DocumentVersionsProps {
  document: KnowledgeDocument;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** What answers are made from, and the versions that they can be made from instead. */
export function DocumentVersions({ document, onChanged, onClose }: DocumentVersionsProps) {
  const { service } = useWorkplace();
  const path = `/api/knowledge/documents/${document.id}`;
  const { found: opened, problem, act } = useFound<OpenedDocument>(path);

  const answerFrom = (version: number) =>
    act(async () => {
      await service.post(`${path}/roll_back`, { version });
      await onChanged();
    });

  return (
    <Dialog onClose={onClose} title={opened?.document.title ?? document.title}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {opened && (
        <>
          <section aria-labelledby="document-versions">
            <h3 className="dialog-title" id="document-versions">
              Versions
            </h3>
            <ul className="entries">
              {opened.versions.map(({ version, fileName, characters, createdAt }) => (
                <li className="version" key={version}>
                  <span className="version-words">
                    Version {version}{' '}
                    <span className="meta">{[fileName, `${characters.toLocaleString()} characters`, formatWhen(createdAt)].filter(Boolean).join(' · ')}</span>
                  </span>
                  {version === opened.document.version ? (
                    <span className="success-text">Answers come from this</span>
                  ) : (
                    <ItemAction does="Answer from this" onDo={() => void answerFrom(version)} to={`version, ${version}`} />
                  )}
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="document-text">
            <h3 className="dialog-title" id="document-text">
              Text of version {opened.document.version}
            </h3>
            <p className="document-text" dir="auto" tabIndex={0}>
              {opened.text}
            </p>
          </section>
        </>
      )}
    </Dialog>
  );
}
