import { useWorkplace } from '../workplace.ts';
import './assistant/assistant.css';
import { Cases } from './assistant/Cases.tsx';
import { Proposals } from './assistant/Proposals.tsx';
import { Sellers } from './assistant/Sellers.tsx';
import { Tools } from './assistant/Tools.tsx';
import { Versions } from './assistant/Versions.tsx';
import { Parts, type Part } from './Parts.tsx';

const proposals: Part = { key: 'proposals', name: 'To approve', page: () => <Proposals /> };

/** How the assistant behaves, what it may do, and what it is tried on. */
export function Assistant() {
  const { session } = useWorkplace();
  return (
    <Parts
      about="How the assistant behaves, what it may do in your own systems, and what it is tried on."
      parts={
        session.may('admin')
          ? [
              { key: 'versions', name: 'Versions', page: () => <Versions /> },
              { key: 'tools', name: 'Tools', page: () => <Tools /> },
              proposals,
              { key: 'cases', name: 'Cases', page: () => <Cases /> },
              { key: 'sellers', name: 'Sellers', page: () => <Sellers /> },
            ]
          : [proposals]
      }
      section="assistant"
      title="Assistant"
    />
  );
}
