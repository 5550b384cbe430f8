import type { ReactNode } from 'react';
import { Link } from '../Link.tsx';
import { useRoute } from '../route.ts';
import './parts.css';

export interface Part {
  key: string;
  name: string;
  page: () => ReactNode;
}

interface PartsProps {
  title: string;
  about: string;
  /** The section's own name in the address. */
  section: string;
  /** The first is shown where the address names none. */
  parts: readonly [Part, ...Part[]];
}

/** A section of several pages. */
export function Parts({ title, about, section, parts }: PartsProps) {
  const wanted = useRoute().path[2];
  const current = parts.find(({ key }) => key === wanted) ?? parts[0];
  return (
    <>
      <header className="page-head">
        <div className="section-title">
          <h1>{title}</h1>
          <p className="about">{about}</p>
        </div>
      </header>
      <nav aria-label={title} className="tabs section-parts">
        {parts.map(({ key, name }) => (
          <Link aria-current={key === current.key ? 'page' : undefined} className="tab section-part" key={key} to={['settings', section, key]}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="part-page" key={current.key}>
        {current.page()}
      </div>
    </>
  );
}
