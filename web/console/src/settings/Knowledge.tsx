import type { ReactNode } from 'react';
import { Link } from '../Link.tsx';
import { useRoute } from '../route.ts';
import { Documents } from './knowledge/Documents.tsx';
import { Entries } from './knowledge/Entries.tsx';
import './knowledge/knowledge.css';
import { Questions } from './knowledge/Questions.tsx';
import { Understanding } from './knowledge/Understanding.tsx';

const entries = { key: 'entries', name: 'Entries', page: () => <Entries /> };

const parts: { key: string; name: string; page: () => ReactNode }[] = [
  entries,
  { key: 'documents', name: 'Documents', page: () => <Documents /> },
  { key: 'questions', name: 'Unanswered questions', page: () => <Questions /> },
  { key: 'understanding', name: 'Understanding', page: () => <Understanding /> },
];

/** What the assistant answers from, what it could not answer, and what it takes messages for. */
export function Knowledge() {
  const wanted = useRoute().path[2];
  const current = parts.find(({ key }) => key === wanted) ?? entries;
  return (
    <>
      <header className="page-head">
        <div className="section-title">
          <h1>Knowledge</h1>
          <p className="about">What the assistant answers from; what is in none of it, it does not know.</p>
        </div>
      </header>
      <nav aria-label="Knowledge" className="tabs knowledge-parts">
        {parts.map(({ key, name }) => (
          <Link aria-current={key === current.key ? 'page' : undefined} className="tab knowledge-part" key={key} to={['settings', 'knowledge', key]}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="knowledge-page" key={current.key}>
        {current.page()}
      </div>
    </>
  );
}
