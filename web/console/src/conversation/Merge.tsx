import { useEffect, useState } from 'react';
import type { Customer, Page } from '../contract.ts';
import { Dialog } from '../Dialog.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { customerName } from '../names.ts';
import { sentence } from '../service.ts';
import { useWorkplace } from '../workplace.ts';

const pauseMs = 250;

interface MergeProps {
  into: { id: string; name: string };
  onClose: () => void;
  onMerged: (other: Customer) => void;
}

/** Two customers turned out to be one person. The one chosen here becomes part of the one on the screen. */
export function Merge({ into, onClose, onMerged }: MergeProps) {
  const { service } = useWorkplace();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Customer[]>([]);
  const [chosen, setChosen] = useState<Customer>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const timer = setTimeout(() => {
      service.get<Page<Customer>>('/api/customers', { q: text.trim() || undefined, limit: 20 }).then(
        ({ items }) => setFound(items.filter(({ id }) => id !== into.id)),
        (error: unknown) => setProblem(sentence(error)),
      );
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [service, text, into.id]);

  async function merge(other: Customer) {
    try {
      await service.post(`/api/customers/${into.id}/merge`, { customerId: other.id });
      onMerged(other);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <Dialog onClose={onClose} title={`Merge with ${into.name}`}>
      <p>Choose who is the same person. That customer’s conversations and addresses move here. It can be undone for 30 days.</p>
      <input
        aria-label="Search customers"
        className="field"
        onChange={(event) => {
          setText(event.target.value);
          setChosen(undefined);
        }}
        placeholder="Search by name, e-mail or address"
        type="search"
        value={text}
      />
      <ul className="choices merge-choices">
        {found.map((customer) => (
          <li key={customer.id}>
            <button aria-pressed={chosen?.id === customer.id} className="choice" onClick={() => setChosen(customer)} type="button">
              <span className="merge-name" dir="auto">
                {customer.identifiers.slice(0, 3).map(({ kind, value }) => (
                  <ChannelIcon channel={kind} key={value} />
                ))}
                {customerName(customer)}
              </span>
              <span className="meta">
                {customer.conversations === 1 ? '1 conversation' : `${customer.conversations} conversations`}
                {customer.email && ` · ${customer.email}`}
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="meta">No other customer fits.</li>}
      </ul>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        <button className="button" onClick={onClose} type="button">
          Cancel
        </button>
        <button className="button primary" disabled={!chosen} onClick={() => chosen && void merge(chosen)} type="button">
          {chosen ? `Merge ${customerName(chosen)} into ${into.name}` : 'Merge'}
        </button>
      </div>
    </Dialog>
  );
}
