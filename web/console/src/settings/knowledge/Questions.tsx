import { useState } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { languageName } from '../../names.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { refusedTurns } from '../assistant/assistant.ts';
import { usePublishing } from '../assistant/usePublishing.tsx';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { useList } from '../useList.ts';
import { LanguageOptions } from './languages.tsx';
import { PartHead } from '../PartHead.tsx';

interface Suggestion {
  id: string;
  question: string;
  language: string;
  count: number;
  /** The different ways in which it was asked, the latest first. */
  questions: string[];
  firstAskedAt: string;
  lastAskedAt: string;
}

const path = '/api/knowledge/suggestions';

/** What customers asked and nothing answers: an answer given here is knowledge at once. */
export function Questions() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<Suggestion>(path);
  const { publish, refusal } = usePublishing();
  const [answered, setAnswered] = useState<Suggestion>();
  const [settled, setSettled] = useState<string>();

  async function settle(question: string, action: () => Promise<unknown>, done: string) {
    try {
      await action();
      setSettled(`“${question}” ${done}`);
    } catch (error) {
      if (!(error instanceof ServiceError) || (error.status !== 404 && error.status !== 409) || refusedTurns(error)) throw error;
      setSettled(`“${question}” was settled by a colleague in the meantime. Nothing was changed.`);
    }
    await load();
  }

  return (
    <PartHead
      about="What customers asked in the last 30 days and nothing answers, similar questions together, the most frequent first."
      loading={!items}
      problem={problem}
    >
      {settled && (
        <p className="success-text" role="status">
          {settled}
        </p>
      )}
      {items?.length === 0 && <p className="notice">Every question of the last 30 days found an answer.</p>}
      <ul className="entries">
        {items?.map((suggestion) => (
          <One
            key={suggestion.id}
            onAnswer={() => setAnswered(suggestion)}
            onDismiss={() => {
              if (confirm(`Dismiss “${suggestion.question}”? This question and those like it are not suggested again.`)) {
                void act(() => settle(suggestion.question, () => service.post(`${path}/${suggestion.id}/dismiss`), 'is not suggested any more.'));
              }
            }}
            suggestion={suggestion}
          />
        ))}
      </ul>
      {answered && (
        <FormDialog
          onClose={() => setAnswered(undefined)}
          onSubmit={(form) => {
            const content = { answer: textOf(form, 'answer'), title: textOf(form, 'title'), url: textOf(form, 'url'), language: form.get('language') };
            return settle(answered.question, () => publish((query) => service.post(`${path}/${answered.id}/answer${query}`, content)), 'is answered from now on.');
          }}
          submit="Save the answer"
          title={`Answer “${answered.question}”`}
        >
          <Field help="As a customer should read it; the assistant quotes it." label="Answer" maxLength={10_000} name="answer" rows={6} />
          <Field help="Empty: the question, without what is the customer’s own in it." label="Title" maxLength={200} name="title" required={false} />
          <Field label="Web address" maxLength={2_000} name="url" required={false} type="url" />
          <label className="form-field">
            <span>Language</span>
            <select className="field" defaultValue={answered.language} name="language">
              <LanguageOptions also={answered.language} />
            </select>
          </label>
        </FormDialog>
      )}
      {refusal}
    </PartHead>
  );
}

function One({ suggestion, onAnswer, onDismiss }: { suggestion: Suggestion; onAnswer: () => void; onDismiss: () => void }) {
  const { question, questions, count, language, lastAskedAt } = suggestion;
  const others = questions.filter((other) => other !== question);
  return (
    <li className="knowledge">
      <div className="knowledge-words">
        <h2 dir="auto">{question}</h2>
        <p className="meta">
          {count === 1 ? 'Asked once' : `Asked ${count} times`}, last {formatAgo(lastAskedAt)} · {languageName(language)}
        </p>
        {others.length > 0 && (
          <details className="phrasings">
            <summary>{others.length === 1 ? 'Also asked in another way' : `Also asked in ${others.length} other ways`}</summary>
            <ul>
              {others.map((other) => (
                <li dir="auto" key={other}>
                  {other}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div className="actions">
        <button className="link-button" onClick={onAnswer} type="button">
          Answer<span className="hidden-text"> {question}</span>
        </button>
        <button className="link-button" onClick={onDismiss} type="button">
          Dismiss<span className="hidden-text"> {question}</span>
        </button>
      </div>
    </li>
  );
}
