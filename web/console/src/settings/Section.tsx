import type { ReactNode } from 'react';
import { Loaded, type LoadedProps } from './Loaded.tsx';

interface SectionProps extends LoadedProps {
  title: string;
  about: string;
  action?: ReactNode;
}

/** A page of the settings: what it is for, and what can be added to it. */
export function Section({ title, about, action, ...content }: SectionProps) {
  return (
    <>
      <header className="page-head">
        <div className="section-title">
          <h1>{title}</h1>
          <p className="about">{about}</p>
        </div>
        {action}
      </header>
      <Loaded {...content} />
    </>
  );
}
