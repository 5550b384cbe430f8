import { useCallback, useEffect, useState } from 'react';
import type { Conversation, Enquiry } from '../../contract.ts';
import { Link } from '../../Link.tsx';
import { customerName } from '../../names.ts';
import { sentence } from '../../service.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { EnquiryDialog } from './EnquiryDialog.tsx';
import './suppliers.css';

interface EnquiriesProps {
  conversation: Conversation;
  /** It is a supplier's. */
  ofSupplier: boolean;
}

/** What suppliers were asked for the customer, or the supplier for customers, and the pictures that came of it. */
export function Enquiries({ conversation, ofSupplier }: EnquiriesProps) {
  const { service, session } = useWorkplace();
  const [enquiries, setEnquiries] = useState<readonly Enquiry[]>();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { id, lastMessage } = conversation;

  const load = useCallback(async () => {
    try {
      setEnquiries((await service.get<{ items: Enquiry[] }>(`/api/conversations/${id}/enquiries`)).items);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service, id]);

  // A picture that comes is a message with a card.
  const latest = lastMessage?.id;
  useEffect(() => void load(), [load, latest]);

  return (
    <section aria-labelledby="enquiries">
      <h3 id="enquiries">{ofSupplier ? 'Asked for customers' : 'Asked of suppliers'}</h3>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {enquiries?.length === 0 && <p className="meta">Nothing in the last seven days.</p>}
      {enquiries && enquiries.length > 0 && (
        <ul className="enquiries">
          {enquiries.map((enquiry) => (
            <One enquiry={enquiry} key={enquiry.id} other={ofSupplier ? enquiry.customer : enquiry.supplier} />
          ))}
        </ul>
      )}
      {!ofSupplier && session.may('agent') && conversation.status !== 'closed' && (
        <button className="button ask-supplier" onClick={() => setAsking(true)} type="button">
          Ask a supplier
        </button>
      )}
      {asking && <EnquiryDialog conversation={conversation} onAsked={() => void load()} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** @param other The conversation at the other end. */
function One({ enquiry: { subject, askedAt, byAssistant, answeredAt, pictures }, other }: { enquiry: Enquiry; other: Conversation }) {
  return (
    <li className="enquiry">
      <p dir="auto">{subject}</p>
      <p className="meta">
        <Link to={['inbox', other.id]}>
          <span dir="auto">{customerName(other.customer)}</span>
        </Link>{' '}
        · {formatAgo(askedAt)}
        {byAssistant && ' · by the assistant'}
        {answeredAt ? ` · answered ${formatAgo(answeredAt)}` : pictures.length === 0 && (byAssistant ? ' · no answer yet' : ' · no picture yet')}
      </p>
      {pictures.length > 0 && (
        <ul aria-label={`Pictures of ${subject}`} className="enquiry-pictures">
          {pictures.map(({ messageId, imageUrl, at }) => (
            <li key={messageId}>
              <a href={imageUrl} rel="noopener noreferrer" target="_blank">
                <img alt={`${subject}, ${formatAgo(at)}`} height="54" loading="lazy" src={imageUrl} width="72" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
