import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { useKeys } from '../keys.ts';
import { PaneEdge } from '../PaneEdge.tsx';
import { paneLimits, panes, type Pane } from '../panes.ts';
import { channelKeys, channelName } from '../names.ts';
import { go, goQuery, useRoute } from '../route.ts';
import { useStore } from '../store.ts';
import { useNow } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { readFilter, viewNames, type Filter, type ViewName } from './filters.ts';
import './inbox.css';
import { List } from './List.tsx';
import { SavedViews } from './SavedViews.tsx';

const searchPauseMs = 250;
/** One key away from any other; the rest is in the menu beside them. */
const first: ViewName[] = ['all', 'waiting', 'mine'];

export function InboxPage({ conversationId }: { conversationId: string | undefined }) {
  const { inbox } = useWorkplace();
  const { query } = useRoute();
  const view = useStore(inbox);
  const filter = useMemo(() => readFilter(query), [query]);
  const search = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<string>();
  const cursorId = cursor ?? conversationId;
  const widths = useStore(panes);
  const wide = (pane: Pane) => `min(${widths[pane]}px, ${paneLimits[pane].share * 100}vw)`;

  useEffect(() => {
    document.title = view.waiting > 0 ? `(${view.waiting}) Inbox · Assistify` : 'Inbox · Assistify';
  }, [view.waiting]);

  const now = useNow();
  useEffect(() => inbox.tick(), [inbox, now]);

  const { view: name, channel, label, q, team } = filter;
  useEffect(() => {
    void inbox.select({ view: name, channel, label, q, team });
    setCursor(undefined);
  }, [inbox, name, channel, label, q, team]);

  const more = useCallback(() => void inbox.more(), [inbox]);

  const move = (step: number) => {
    const index = view.items.findIndex(({ id }) => id === cursorId);
    const next = view.items[index < 0 ? 0 : Math.min(view.items.length - 1, Math.max(0, index + step))];
    setCursor(next?.id);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: (event) => {
      const target = event.target as HTMLElement;
      // A button or link that has the focus does what it says.
      if (target.closest('button, a')) target.closest<HTMLElement>('button, a')!.click();
      else if (cursorId) go(['inbox', cursorId], query);
    },
    '/': () => search.current?.focus(),
    Escape: () => {
      if (conversationId) go(['inbox'], query);
    },
  });

  // The list is the page until a conversation is.
  const [Place, Heading] = conversationId ? (['section', 'h2'] as const) : (['main', 'h1'] as const);
  return (
    <div
      className={`inbox ${conversationId ? 'has-open' : ''}`}
      style={{ '--list-width': wide('list'), '--panel-width': wide('panel') } as CSSProperties}
    >
      <Place aria-label="Inbox" className="inbox-list">
        <Heading className="hidden-text">Inbox</Heading>
        <Filters filter={filter} search={search} waiting={view.waiting} />
        {view.problem && (
          <p className="list-problem" role="alert">
            {view.problem}{' '}
            <button className="link-button" onClick={() => void inbox.reload()} type="button">
              Try again
            </button>
          </p>
        )}
        <List cursorId={cursorId} empty={<Empty filter={filter} />} onMore={more} openId={conversationId} view={view} />
        <PaneEdge label="Width of the list" pane="list" />
      </Place>
      {conversationId ? (
        <ConversationPane id={conversationId} key={conversationId} />
      ) : (
        <section aria-label="Conversation" className="nothing-open">
          <p>
            Choose a conversation, with the mouse or with <kbd>j</kbd> <kbd>k</kbd> <kbd>Enter</kbd>. <kbd>?</kbd> shows
            every key, <kbd>Ctrl</kbd> <kbd>k</kbd> finds everything.
          </p>
        </section>
      )}
    </div>
  );
}

function Filters({ filter, search, waiting }: { filter: Filter; search: RefObject<HTMLInputElement | null>; waiting: number }) {
  const [text, setText] = useState(filter.q);
  useEffect(() => setText((typed) => (typed.trim() === filter.q ? typed : filter.q)), [filter.q]);
  useEffect(() => {
    if (text.trim() === filter.q) return;
    const timer = setTimeout(() => goQuery({ q: text.trim() || undefined }, true), searchPauseMs);
    return () => clearTimeout(timer);
  }, [text, filter.q]);

  return (
    <div className="filters">
      <div className="filters-line">
        <input
          aria-label="Search names, addresses and texts"
          className="field"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setText('');
            event.currentTarget.blur();
          }}
          placeholder="Search"
          ref={search}
          type="search"
          value={text}
        />
        <select
          aria-label="Channel"
          className="field channel-field"
          onChange={(event) => goQuery({ channel: event.target.value || undefined })}
          value={filter.channel}
        >
          <option value="">All channels</option>
          {channelKeys.map((key) => (
            <option key={key} value={key}>
              {channelName(key)}
            </option>
          ))}
        </select>
      </div>
      <div className="filters-line">
        <div aria-label="Which conversations" className="tabs" role="group">
          {first.map((name) => (
            <button
              aria-pressed={filter.view === name}
              className="tab"
              key={name}
              onClick={() => goQuery({ view: name === 'all' ? undefined : name })}
              type="button"
            >
              {viewNames[name]}
              {name === 'waiting' && waiting > 0 && <span className="tab-count">{waiting}</span>}
            </button>
          ))}
        </div>
        <SavedViews filter={filter} />
      </div>
      {filter.team && <TeamLine id={filter.team} />}
      {filter.label && (
        <p className="filter-label">
          <span className="meta">Label</span> {filter.label}{' '}
          <button className="link-button" onClick={() => goQuery({ label: undefined })} type="button">
            Show all labels
          </button>
        </p>
      )}
    </div>
  );
}

function TeamLine({ id }: { id: string }) {
  const { team } = useWorkplace();
  const [name, setName] = useState<string>();
  useEffect(() => {
    // A name that is not known is not shown; the list is the team's all the same.
    team.teams().then((teams) => setName(teams.find((each) => each.id === id)?.name), () => undefined);
  }, [team, id]);
  return (
    <p className="filter-label">
      <span className="meta">Team</span> <span dir="auto">{name}</span>{' '}
      <button className="link-button" onClick={() => goQuery({ team: undefined })} type="button">
        Show all teams
      </button>
    </p>
  );
}

function Empty({ filter }: { filter: Filter }) {
  if (filter.q || filter.channel || filter.label || filter.team) {
    return (
      <>
        <p>Nothing fits this search.</p>
        <button className="button" onClick={() => goQuery({ q: undefined, channel: undefined, label: undefined, team: undefined })} type="button">
          Show all
        </button>
      </>
    );
  }
  switch (filter.view) {
    case 'waiting':
      return <p>Nobody waits for people. The assistant hands over here when a customer asks for a person.</p>;
    case 'mine':
      return (
        <>
          <p>Nothing is assigned to you. Taking over a conversation assigns it.</p>
          <button className="button" onClick={() => goQuery({ view: 'waiting' })} type="button">
            Show who waits
          </button>
        </>
      );
    case 'overdue':
      return <p>Nothing is late. What people promised is under Settings, Workspace.</p>;
    case 'unassigned':
      return <p>Every open conversation has somebody.</p>;
    case 'unread':
      return <p>Everything is read on this device.</p>;
    case 'mentions':
      return <p>Nobody has named you in a note yet. A colleague does it with @ and your name.</p>;
    case 'closed':
      return <p>No conversation is closed yet.</p>;
    case 'all':
      return (
        <>
          <p>No customer has written yet. Write the first message yourself, as a customer would.</p>
          <a className="button" href="/" rel="noopener" target="_blank">
            Open the shop’s chat
          </a>
        </>
      );
  }
}
