import { useCallback, useEffect, useState } from 'react';
import { CloseIcon } from '../../../shared/icons.tsx';
import type { Conversation, Customer, Page } from '../contract.ts';
import { Dialog } from '../Dialog.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { Link } from '../Link.tsx';
import { channelName, customerName, identifierName, languageName } from '../names.ts';
import { go } from '../route.ts';
import { sentence } from '../service.ts';
import { formatAgo, formatWhen } from '../time.ts';
import { Undo } from '../Undo.tsx';
import { useWorkplace } from '../workplace.ts';
import { Merge } from './Merge.tsx';
import { MergedFrom } from './MergedFrom.tsx';
import { Orders } from './Orders.tsx';
import { Summary } from './Summary.tsx';
import { Enquiries } from './suppliers/Enquiries.tsx';

/** Who the customer is, and what else was said with him. */
export function CustomerPanel({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { service, session } = useWorkplace();
  const [customer, setCustomer] = useState<Customer>();
  const [others, setOthers] = useState<Conversation[]>();
  const [problem, setProblem] = useState<string>();
  const [dialog, setDialog] = useState<'merge' | 'erase'>();
  const [version, setVersion] = useState(0);
  /** What was done to him a moment ago, in a sentence, and the way back. */
  const [done, setDone] = useState<{ words: string; undo: () => Promise<unknown> }>();
  const id = conversation.customer.id;

  useEffect(() => {
    let current = true;
    async function load() {
      try {
        const found = await service.get<Customer>(`/api/customers/${id}`);
        const pages = await Promise.all(
          found.identifiers.slice(0, 5).map(({ value }) => service.get<Page<Conversation>>('/api/conversations/list', { q: value, limit: 50 })),
        );
        if (!current) return;
        const theirs = new Map(pages.flatMap(({ items }) => items).filter(({ customer: { id: of } }) => of === id).map((each) => [each.id, each]));
        setCustomer(found);
        setOthers([...theirs.values()].sort((a, b) => Date.parse(b.lastActivityAt) - Date.parse(a.lastActivityAt)));
        setProblem(undefined);
      } catch (error) {
        if (current) setProblem(sentence(error));
      }
    }
    void load();
    return () => {
      current = false;
    };
  }, [service, id, version]);

  async function erase() {
    setDialog(undefined);
    try {
      await service.remove(`/api/customers/${id}`);
      go(['inbox']);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  async function change(action: () => Promise<unknown>) {
    try {
      await action();
      setCustomer(await service.get<Customer>(`/api/customers/${id}`));
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(sentence(error));
      return false;
    }
  }

  const supply = (supplier: boolean) => {
    const path = `/api/customers/${id}/supplier`;
    return change(() => (supplier ? service.post(path) : service.remove(path)));
  };

  const name = customerName(customer ?? conversation.customer);

  async function makeSupplier(supplier: boolean) {
    if (await supply(supplier)) setDone({ words: supplier ? `${name} is a supplier now.` : `${name} is a customer again.`, undo: () => supply(!supplier) });
  }

  const over = useCallback(() => setDone(undefined), []);
  // His conversations and orders are others now.
  const reload = () => setVersion((number) => number + 1);

  async function unmerge(customerId: string) {
    over();
    if (await change(() => service.post(`/api/customers/${id}/unmerge`, { customerId }))) reload();
  }
  const facts: [string, string | undefined][] = [
    ['E-mail', customer?.email],
    ['Phone', customer?.phone],
    ['Language', customer?.locale && languageName(customer.locale)],
    ['Customer since', customer && formatWhen(customer.createdAt)],
  ];

  return (
    <aside aria-label="Customer" className="panel">
      <div className="panel-head">
        <h2 dir="auto">{name}</h2>
        <button aria-label="Close the customer panel" className="icon-button" onClick={onClose} type="button">
          <CloseIcon />
        </button>
      </div>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {customer?.blockedAt && (
        <p className="warning-text" role="status">
          Blocked since {formatWhen(customer.blockedAt)}. The assistant does not answer; messages are kept, and people may answer them.
        </p>
      )}
      {customer?.supplierSince && (
        <p className="meta" role="status">
          A supplier since {formatWhen(customer.supplierSince)}. People answer, the assistant does not.
        </p>
      )}
      <dl className="facts">
        {facts.map(([term, value]) => value && (
          <div key={term}>
            <dt>{term}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {session.may('agent') && <Summary conversationId={conversation.id} key={conversation.id} />}
      <section aria-labelledby="identifiers">
        <h3 id="identifiers">Known by</h3>
        <ul className="identifiers">
          {(customer ?? conversation.customer).identifiers.map((identifier) => (
            <li key={`${identifier.kind}-${identifier.value}`}>
              <ChannelIcon channel={identifier.kind} />
              <span className="identifier">
                <span className="meta">{identifierName(identifier)}</span>
                <span className="identifier-value">{identifier.value}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="others">
        <h3 id="others">All conversations</h3>
        {others && others.length <= 1 && <p className="meta">This is the only one.</p>}
        {others && others.length > 1 && (
          <ul className="others">
            {others.map((other) => (
              <li key={other.id}>
                <Link aria-current={other.id === conversation.id ? 'true' : undefined} className="other" to={['inbox', other.id]}>
                  <ChannelIcon channel={other.channel} />
                  <span className="other-words" dir="auto">
                    {other.lastMessage?.text || channelName(other.channel)}
                  </span>
                  <span className="meta">{formatAgo(other.lastActivityAt)}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Orders customerId={id} key={`orders-${version}`} />
      {customer?.mergedFrom && <MergedFrom merged={customer.mergedFrom} onUndo={session.may('agent') ? (from) => void unmerge(from) : undefined} />}
      {customer && <Enquiries conversation={conversation} ofSupplier={customer.supplierSince !== undefined} />}
      {session.may('agent') && (
        <div className="panel-actions">
          <button className="button" onClick={() => setDialog('merge')} type="button">
            Merge with another customer
          </button>
          {customer && (
            <button className="button" onClick={() => void change(() => service.post(`/api/customers/${id}/${customer.blockedAt ? 'unblock' : 'block'}`))} type="button">
              {customer.blockedAt ? 'Unblock' : 'Block: no automatic answers'}
            </button>
          )}
          {customer && (
            <button className="button" onClick={() => void makeSupplier(!customer.supplierSince)} type="button">
              {customer.supplierSince ? 'Make a customer again' : 'Make a supplier'}
            </button>
          )}
          {session.may('owner') && (
            <button className="button dangerous" onClick={() => setDialog('erase')} type="button">
              Erase this customer
            </button>
          )}
        </div>
      )}
      {done && (
        <Undo
          done={done.words}
          key={done.words}
          onOver={over}
          onUndo={() => {
            over();
            void done.undo();
          }}
        />
      )}
      {dialog === 'merge' && (
        <Merge
          into={{ id, name }}
          onClose={() => setDialog(undefined)}
          onMerged={(other) => {
            setDialog(undefined);
            setDone({ words: `${customerName(other)} was merged into ${name}.`, undo: () => unmerge(other.id) });
            reload();
          }}
        />
      )}
      {dialog === 'erase' && <Erase name={name} onClose={() => setDialog(undefined)} onErase={() => void erase()} />}
    </aside>
  );
}

function Erase({ name, onClose, onErase }: { name: string; onClose: () => void; onErase: () => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog onClose={onClose} title={`Erase ${name}`}>
      <p>All conversations, messages, files and addresses of this customer are removed for good. This cannot be undone.</p>
      <label className="form-field">
        <span>Type “erase” to go on</span>
        <input autoComplete="off" className="field" onChange={(event) => setText(event.target.value)} value={text} />
      </label>
      <div className="dialog-actions">
        <button className="button" onClick={onClose} type="button">
          Keep
        </button>
        <button className="button dangerous" disabled={text.trim().toLowerCase() !== 'erase'} onClick={onErase} type="button">
          Erase for good
        </button>
      </div>
    </Dialog>
  );
}
