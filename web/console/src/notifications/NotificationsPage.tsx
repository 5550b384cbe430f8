import { useEffect, useState } from 'react';
import { Link } from '../Link.tsx';
import { formatAgo } from '../time.ts';
import { useStore } from '../store.ts';
import { useWorkplace } from '../workplace.ts';
import './notifications.css';

export function NotificationsPage() {
  const { notifications } = useWorkplace();
  const { items, unread, more, state, problem } = useStore(notifications);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Notifications · Assistify` : 'Notifications · Assistify';
  }, [unread]);

  return (
    <main className="page" tabIndex={0}>
      <header className="page-head">
        <h1>Notifications</h1>
        {unread > 0 && (
          <button className="button" onClick={() => void notifications.read()} type="button">
            Mark all as read
          </button>
        )}
      </header>
      <Choices />
      {problem && (
        <p className="section-problem" role="alert">
          {problem}
        </p>
      )}
      {state === 'ready' && items.length === 0 && !problem && (
        <p className="notice">Nobody has named you yet. A colleague who writes @ and your name in a private note brings it here, and so does a supplier's picture that you asked for.</p>
      )}
      {items.length > 0 && (
        <ul className="notifications">
          {items.map((item) => (
            <li key={item.id}>
              <Link className={`notification ${item.readAt ? '' : 'unread'}`} to={['inbox', item.conversationId]}>
                <span className="notification-line">
                  <span className="notification-who">
                    {!item.readAt && (
                      <span className="dot">
                        <span className="hidden-text">Unread: </span>
                      </span>
                    )}
                    {item.kind === 'picture' ? `${item.actor.name ?? 'A supplier'} sent a picture` : `${item.actor.name ?? 'A colleague'} named you`}
                    {item.customerName && (item.kind === 'picture' ? ` for ${item.customerName}` : ` at ${item.customerName}`)}
                  </span>
                  <time className="meta" dateTime={item.createdAt}>
                    {formatAgo(item.createdAt)}
                  </time>
                </span>
                <span className="notification-text" dir="auto">
                  {item.text}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more && (
        <p className="more">
          <button className="button" onClick={() => void notifications.more()} type="button">
            Show earlier
          </button>
        </p>
      )}
    </main>
  );
}

/** How this device tells of mentions and of customers who wait. */
function Choices() {
  const { alerts } = useWorkplace();
  const { shown, sound } = useStore(alerts);
  const [refused, setRefused] = useState(false);
  return (
    <fieldset className="choices-line">
      <legend>When somebody names you, a picture comes that you asked for, or a customer waits for people, this device</legend>
      <label className="check">
        <input checked={shown} onChange={(event) => void alerts.choose({ shown: event.target.checked }).then((done) => setRefused(!done))} type="checkbox" />
        shows a browser notification
      </label>
      <label className="check">
        <input checked={sound} onChange={(event) => void alerts.choose({ sound: event.target.checked })} type="checkbox" />
        makes a sound
      </label>
      {refused && (
        <p className="form-problem" role="alert">
          The browser does not allow notifications of this page. Allow them in its settings for this address, then choose again.
        </p>
      )}
    </fieldset>
  );
}
