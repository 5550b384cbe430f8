import type { ReactNode } from 'react';

export interface LoadedProps {
  problem: string | undefined;
  loading: boolean;
  children: ReactNode;
}

/** What a page shows below its head: what went wrong, and what it is about once that is here. */
export function Loaded({ problem, loading, children }: LoadedProps) {
  return (
    <>
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
