import { Documents } from './knowledge/Documents.tsx';
import { Entries } from './knowledge/Entries.tsx';
import './knowledge/knowledge.css';
import { Questions } from './knowledge/Questions.tsx';
import { Understanding } from './knowledge/Understanding.tsx';
import { Parts } from './Parts.tsx';

/** What the assistant answers from, what it could not answer, and what it takes messages for. */
export function Knowledge() {
  return (
    <Parts
      about="What the assistant answers from; what is in none of it, it does not know."
      parts={[
        { key: 'entries', name: 'Entries', page: () => <Entries /> },
        { key: 'documents', name: 'Documents', page: () => <Documents /> },
        { key: 'questions', name: 'Unanswered questions', page: () => <Questions /> },
        { key: 'understanding', name: 'Understanding', page: () => <Understanding /> },
      ]}
      section="knowledge"
      title="Knowledge"
    />
  );
}
