import type { ReactNode } from 'react';
import { Loaded, type LoadedProps } from './Loaded.tsx';

interface PartHeadProps extends LoadedProps {
  about: string;
  action?: ReactNode;
}

/** One part of a section: what it is for, and what can be added to it. */
export function PartHead({ about, action, ...content }: PartHeadProps) {
  return (
    <>
      <div className="sub-head">
        <p className="about part-about">{about}</p>
        {action}
      </div>
      <Loaded {...content} />
    </>
  );
}
