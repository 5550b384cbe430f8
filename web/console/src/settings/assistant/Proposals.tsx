import type { ReactNode } from 'react';
import { ServiceError } from '../../../../shared/http.ts';
import { Link } from '../../Link.tsx';
import { spoken } from '../../names.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { PartHead } from '../PartHead.tsx';
import { useList } from '../useList.ts';
import { proposalsPath, type ToolProposal } from './tools.ts';

const states: Record<ToolProposal['status'], string> = {
  proposed: 'Waits for a person',
  running: 'Is being done',
  done: 'Done',
  failed: 'Failed',
  rejected: 'Left',
};

/** What the assistant wants to have done and people decide. */
export function Proposals() {
  const { service } = useWorkplace();
  const { items, problem, act } = useList<ToolProposal>(proposalsPath);
  const waiting = items?.filter(({ status }) => status === 'proposed') ?? [];
  const decided = items?.filter(({ status }) => status !== 'proposed') ?? [];

  const decide = (id: string, verdict: 'approve' | 'reject') =>
    void act(async () => {
      try {
        await service.post(`${proposalsPath}/${id}/${verdict}`);
      } catch (error) {
        // Somebody else was first: the list says what he decided.
        if (!(error instanceof ServiceError) || error.status !== 409) throw error;
      }
    });

  return (
    <PartHead about="What the assistant wants to have done in your systems. It is done once, when somebody approves it." loading={!items} problem={problem}>
      {waiting.length === 0 && <p className="notice">Nothing waits for approval. Tools that a person approves bring their calls here.</p>}
      <ul aria-label="To approve" className="entries">
        {waiting.map((proposal) => (
          <One heading="h2" key={proposal.id} proposal={proposal}>
            <button className="button" onClick={() => decide(proposal.id, 'approve')} type="button">
              Approve<span className="hidden-text"> {spoken(proposal.tool)}</span>
            </button>
            <button className="link-button" onClick={() => decide(proposal.id, 'reject')} type="button">
              Leave it<span className="hidden-text">: {spoken(proposal.tool)}</span>
            </button>
          </One>
        ))}
      </ul>
      {decided.length > 0 && (
        <section aria-labelledby="decided">
          <div className="sub-head">
            <h2 id="decided">Decided</h2>
          </div>
          <ul className="entries">
            {decided.map((proposal) => (
              <One heading="h3" key={proposal.id} proposal={proposal} />
            ))}
          </ul>
        </section>
      )}
    </PartHead>
  );
}

function One({ heading: Heading, proposal, children }: { heading: 'h2' | 'h3'; proposal: ToolProposal; children?: ReactNode }) {
  const { tool, conversationId, status, result, createdAt } = proposal;
  return (
    <li className="knowledge">
      <div className="knowledge-words">
        <Heading>{spoken(tool)}</Heading>
        <p className="meta">
          <span className={status === 'failed' ? 'warning-text' : undefined}>{states[status]}</span> · {formatAgo(createdAt)} ·{' '}
          <Link to={['inbox', conversationId]}>The conversation</Link>
        </p>
        <dl className="proposal-arguments">
          {Object.entries(proposal.arguments).map(([name, value]) => (
            <div key={name}>
              <dt>{spoken(name)}</dt>
              <dd dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
        {result && (
          <details>
            <summary>What the system answered</summary>
            <pre className="document-text">{result}</pre>
          </details>
        )}
      </div>
      {children && <div className="actions">{children}</div>}
    </li>
  );
}
