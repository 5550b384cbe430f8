import { useEffect, useRef, type ReactNode } from 'react';
import type { Conversation } from '../contract.ts';
import { useNow } from '../time.ts';
import type { InboxView } from './inbox.ts';
import { Row, rowHeight } from './Row.tsx';
import { useWindow } from './useWindow.ts';

interface ListProps {
  view: InboxView;
  openId: string | undefined;
  cursorId: string | undefined;
  onMore: () => void;
  empty: ReactNode;
}

export function List(props: ListProps) {
  return props.view.state === 'loading' ? <Skeleton /> : <Rows {...props} />;
}

/** Rows of one height, of which only those in sight exist. */
function Rows({ view, openId, cursorId, onMore, empty }: ListProps) {
  const { items, more } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last, reveal } = useWindow(scroller, items.length, rowHeight);
  const now = useNow();
  const cursor = items.findIndex(({ id }) => id === cursorId);

  useEffect(() => {
    if (cursor >= 0) reveal(cursor);
    // Only where the person moves to, not where arriving conversations move the row to.
  }, [cursorId, reveal]);

  useEffect(() => {
    if (more && last >= items.length - 10) onMore();
  }, [more, last, items.length, onMore]);

  return (
    <div aria-label="List of conversations" className="list" ref={scroller} role="region" tabIndex={0}>
      {items.length === 0 && !more ? (
        <div className="list-empty">{empty}</div>
      ) : (
        <ul className="list-rows" style={{ blockSize: items.length * rowHeight }}>
          {items.slice(first, last).map((conversation: Conversation, index) => (
            <Row
              conversation={conversation}
              isCursor={conversation.id === cursorId}
              isOpen={conversation.id === openId}
              key={conversation.id}
              now={now}
              position={first + index}
              total={items.length}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true" className="list skeleton-rows">
      {Array.from({ length: 8 }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
