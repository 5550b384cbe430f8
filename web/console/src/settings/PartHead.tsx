import type { ReactNode } from 'react';

interface PartHeadProps {
  about: string;
  action?: ReactNode;
  problem: string | undefined;
  loading: boolean;
  children: ReactNode;
}

/** One part of a section: what it is for, what can be added to it, and what went wrong with it. */
export function PartHead({ about, action, problem, loading, children }: PartHeadProps) {
  return (
    <>
      <div className="sub-head">
        <p className="about part-about">{about}</p>
        {action}
      </div>
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
