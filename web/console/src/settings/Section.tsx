import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  about: string;
  action?: ReactNode;
  problem: string | undefined;
  loading: boolean;
  children: ReactNode;
}

export function Section({ title, about, action, problem, loading, children }: SectionProps) {
  return (
    <>
      <header className="page-head">
        <div className="section-title">
          <h1>{title}</h1>
          <p className="about">{about}</p>
        </div>
        {action}
      </header>
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {loading && !problem ? (
        <div aria-hidden="true" className="figure-skeleton">
          <span />
        </div>
      ) : (
        children
      )}
    </>
  );
}
