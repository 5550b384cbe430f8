import type { ReactNode } from 'react';

interface ListItemProps {
  name: string;
  /** What can be done with it. */
  actions?: ReactNode;
  /** What it says below its name. */
  children: ReactNode;
}

/** One of a list, with what it says and what can be done with it. */
export function ListItem({ name, actions, children }: ListItemProps) {
  return (
    <li className="knowledge">
      <div className="knowledge-words">
        <h2 dir="auto">{name}</h2>
        {children}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </li>
  );
}

/** @param to What it is done to: for who listens, to whom the same word stands beside each of the list. */
export function ItemAction({ does, to, onDo }: { does: string; to: string; onDo: () => void }) {
  return (
    <button className="link-button" onClick={onDo} type="button">
      {does}
      <span className="hidden-text"> {to}</span>
    </button>
  );
}
