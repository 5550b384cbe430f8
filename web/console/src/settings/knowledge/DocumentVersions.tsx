import { useCallback, useEffect, useState } from 'react';
import { Dialog } from '../../Dialog.tsx';
import { sentence } from '../../service.ts';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import type { KnowledgeDocument, OpenedDocument } from './documents.ts';

interface DocumentVersionsProps {
  document: KnowledgeDocument;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** What answers are made from, and the versions that they can be made from instead. */
export function DocumentVersions({ document, onChanged, onClose }: DocumentVersionsProps) {
  const { service } = useWorkplace();
  const [opened, setOpened] = useState<OpenedDocument>();
  const [problem, setProblem] = useState<string>();
  const path = `/api/knowledge/documents/${document.id}`;

  const load = useCallback(async () => {
    try {
      setOpened(await service.get<OpenedDocument>(path));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service, path]);

  useEffect(() => void load(), [load]);

  async function answerFrom(version: number) {
    try {
      await service.post(`${path}/roll_back`, { version });
      await Promise.all([load(), onChanged()]);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

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
                    <button className="link-button" onClick={() => void answerFrom(version)} type="button">
                      Answer from this<span className="hidden-text"> version, {version}</span>
                    </button>
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
