import { useEffect, useState } from 'react';
import { formatMoney } from '../../../shared/format.ts';
import { ServiceError } from '../../../shared/http.ts';
import type { Order } from '../contract.ts';
import { spoken } from '../names.ts';
import { formatAgo } from '../time.ts';
import { useWorkplace } from '../workplace.ts';

const first = 3;

/** What the customer ordered in the shop; nothing where there is nothing. */
export function Orders({ customerId }: { customerId: string }) {
  const { service } = useWorkplace();
  const [orders, setOrders] = useState<readonly Order[]>([]);
  const [away, setAway] = useState(false);
  const [all, setAll] = useState(false);

  useEffect(() => {
    let current = true;
    service.get<{ items: Order[] }>(`/api/customers/${customerId}/orders`).then(
      ({ items }) => {
        if (!current) return;
        setOrders(items);
        setAway(false);
      },
      (error: unknown) => {
        // Whoever is not there has no orders either; the panel says that itself.
        if (current) setAway(!(error instanceof ServiceError && error.status === 404));
      },
    );
    return () => {
      current = false;
    };
  }, [service, customerId]);

  if (orders.length === 0 && !away) return null;
  return (
    <section aria-labelledby="orders">
      <h3 id="orders">Orders</h3>
      {away && <p className="meta">The shop cannot be asked right now.</p>}
      <ul className="orders">
        {orders.slice(0, all ? undefined : first).map((order) => (
          <One key={order.id} order={order} />
        ))}
      </ul>
      {!all && orders.length > first && (
        <button className="link-button" onClick={() => setAll(true)} type="button">
          Show {orders.length - first} more
        </button>
      )}
    </section>
  );
}

/** States that the shop's own words leave short. */
const words: Record<string, string> = { partial: 'Partly fulfilled', partially_paid: 'Partly paid', partially_refunded: 'Partly refunded' };

function One({ order: { name, createdAt, total, financialStatus, fulfilmentStatus, cancelledAt, lines, url } }: { order: Order }) {
  const states = cancelledAt ? ['Cancelled'] : [financialStatus, fulfilmentStatus].filter((state) => state !== undefined).map((state) => words[state] ?? spoken(state.toLowerCase()));
  return (
    <li className="order">
      <p className="order-head">
        {url ? (
          <a href={url} rel="noopener noreferrer" target="_blank">
            {name}
          </a>
        ) : (
          <span>{name}</span>
        )}
        <span className={cancelledAt ? 'order-total cancelled' : 'order-total'}>{formatMoney(total)}</span>
      </p>
      <p className="meta">{[formatAgo(createdAt), ...states].join(' · ')}</p>
      <ul className="order-lines">
        {lines.map(({ title, quantity }, index) => (
          <li dir="auto" key={index}>
            {quantity > 1 ? `${quantity} × ${title}` : title}
          </li>
        ))}
      </ul>
    </li>
  );
}
