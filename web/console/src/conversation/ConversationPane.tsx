import { useCallback, useEffect, useRef, useState } from 'react';
import { BackIcon, PanelIcon } from '../../../shared/icons.tsx';
import { Dialog } from '../Dialog.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { readMarks } from '../inbox/read-marks.ts';
import { matching, useCommands, useSearch, type Command } from '../commands.ts';
import { useKeys } from '../keys.ts';
import { Link } from '../Link.tsx';
import { channelName, customerName } from '../names.ts';
import { PaneEdge } from '../PaneEdge.tsx';
import { go, useRoute } from '../route.ts';
import { useStore } from '../store.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { AnswerSuggestion } from './AnswerSuggestion.tsx';
import { Assignment } from './Assignment.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { fill } from './canned.ts';
import './conversation.css';
import { CustomerPanel } from './CustomerPanel.tsx';
import { Labels } from './Labels.tsx';
import { Messages } from './Messages.tsx';
import { Thread } from './thread.ts';
import { TurnBar } from './TurnBar.tsx';
import { isUnwelcome } from './welcome.ts';

const retryMs = 5_000;
const mostAnswers = 6;
const wide = '(min-width: 1200px)';

export function ConversationPane({ id }: { id: string }) {
  const { service, live, inbox, outbox } = useWorkplace();
  const [thread] = useState(() => new Thread(id, inbox.find(id), service, live, outbox));
  const { state, problem } = useStore(thread);

  useEffect(() => {
    void thread.open();
    return () => thread.close();
  }, [thread]);

  useEffect(() => {
    if (state !== 'loading' || !problem) return;
    const timer = setTimeout(() => void thread.open(), retryMs);
    return () => clearTimeout(timer);
  }, [thread, state, problem]);

  if (state === 'missing') {
    return (
      <main className="nothing-open">
        <p>This conversation is not there. It may have been erased, or the address is another workspace’s.</p>
        <Link className="button" to={['inbox']}>
          Go to the inbox
        </Link>
      </main>
    );
  }
  return <Opened thread={thread} />;
}

function Opened({ thread }: { thread: Thread }) {
  const { session, live, notifications, team, user } = useWorkplace();
  const { items: told } = useStore(notifications);
  const { query } = useRoute();
  const view = useStore(thread);
  const { conversation, messages } = view;
  const composer = useRef<ComposerHandle>(null);
  const [menu, setMenu] = useState<'assign' | 'labels'>();
  const [panel, setPanel] = useState(() => matchMedia(wide).matches);
  const [closing, setClosing] = useState(false);
  const writes = session.may('agent');
  const closed = conversation?.status === 'closed';

  const last = messages.at(-1)?.sequence;
  useEffect(() => {
    const mark = () => {
      if (last === undefined || document.visibilityState !== 'visible') return;
      readMarks.mark(thread.id, last);
      if (writes) thread.read(last);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [thread, last, writes]);

  useEffect(() => {
    const read = () => {
      if (document.visibilityState === 'visible' && notifications.isUnread(thread.id)) void notifications.read(thread.id);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [notifications, thread, told]);

  useEffect(() => {
    if (conversation) document.title = `${customerName(conversation.customer)} · Assistify`;
  }, [conversation]);

  const undo = useCallback(() => {
    const taken = thread.undo();
    // A template's text is not the person's own: there is nothing to write on.
    if (taken && !taken.template) composer.current?.restore(taken);
  }, [thread]);
  const typing = useCallback(() => live.typing(), [live]);
  const assigning = useCallback((open: boolean) => setMenu(open ? 'assign' : undefined), []);
  const labelling = useCallback((open: boolean) => setMenu(open ? 'labels' : undefined), []);

  const actions: Command[] = [];
  const does = (key: string, name: string, run: () => void) => actions.push({ id: `do-${key}`, group: 'This conversation', name, key, run });
  if (writes && conversation) {
    const assistant = conversation.turn === 'assistant';
    if (!closed) does('r', 'Reply', () => composer.current?.write(false));
    does('n', 'Write a private note', () => composer.current?.write(true));
    if (!closed && (assistant || !conversation.customer.supplier)) does('t', assistant ? 'Take over' : 'Hand back', () => void (assistant ? thread.takeOver() : thread.handBack()));
    does('a', 'Assign', () => setMenu('assign'));
    does('l', 'Labels', () => setMenu('labels'));
    if (view.outgoing.some(({ held }) => held)) does('u', 'Take the reply back', undo);
    if (!closed) does('e', 'Close the conversation', () => setClosing(true));
  }
  does('p', panel ? 'Hide the customer panel' : 'Show the customer panel', () => setPanel((open) => !open));
  useKeys(Object.fromEntries(actions.map(({ key, run }) => [key, run])));
  useCommands((query) => matching(actions, query));
  useSearch(async (query) => {
    if (!query || !writes || closed || !conversation) return [];
    const answers = (await team.answers()).map(({ id, shortcut, text }): Command => {
      const words = fill(text, conversation, user);
      return { id, group: 'Canned answers', name: `/${shortcut}`, about: words, run: () => composer.current?.use(words) };
    });
    const macros = (await team.macros()).map(({ id, name, text }): Command => ({
      id, group: 'Macros', name, run: () => void thread.runMacro(id, text && fill(text, conversation, user)),
    }));
    return [...matching(answers, query), ...matching(macros, query)].slice(0, mostAnswers);
  });

  return (
    <>
      <main aria-label="Conversation" className="conversation">
        <header className="conversation-head">
          <button aria-label="Back to the list" className="icon-button back" onClick={() => go(['inbox'], query)} type="button">
            <BackIcon />
          </button>
          {conversation && (
            <>
              <div className="conversation-title">
                <h1 dir="auto">
                  <ChannelIcon channel={conversation.channel} labelled />
                  <span className="conversation-name">{customerName(conversation.customer)}</span>
                </h1>
                <p className="meta also-here" role="status">
                  {view.others.length > 0 && `${view.others.join(', ')} ${view.others.length === 1 ? 'is' : 'are'} looking at this too`}
                </p>
              </div>
              {writes && (
                <div className="conversation-actions">
                  <Assignment conversation={conversation} onOpen={assigning} open={menu === 'assign'} thread={thread} />
                  <Labels conversation={conversation} onOpen={labelling} open={menu === 'labels'} thread={thread} />
                  {!closed && (
                    <button className="button quiet" onClick={() => setClosing(true)} type="button">
                      Close
                    </button>
                  )}
                </div>
              )}
              <button
                aria-expanded={panel}
                aria-label="Customer"
                className="icon-button"
                onClick={() => setPanel(!panel)}
                type="button"
              >
                <PanelIcon />
              </button>
            </>
          )}
        </header>
        {view.problem && (
          <p className="strip problem-strip" role="alert">
            {view.problem}{' '}
            <button className="link-button" onClick={thread.dismiss} type="button">
              Dismiss
            </button>
          </p>
        )}
        {conversation?.optedOutAt && (
          <p className="strip">
            The customer asked for no more messages on {channelName(conversation.channel)} ({formatWhen(conversation.optedOutAt)}).{' '}
            {isUnwelcome(conversation)
              ? 'A reply is refused until the customer writes again.'
              : 'The customer has written since, so people may answer; the assistant does not.'}
          </p>
        )}
        <Messages onUndo={undo} thread={thread} view={view} />
        {conversation && <TurnBar conversation={conversation} thread={thread} writes={writes} />}
        {conversation && writes && conversation.turn === 'agent' && !conversation.customer.supplier && !closed && !isUnwelcome(conversation) && (
          <AnswerSuggestion conversation={conversation} key={`suggestion-${conversation.id}`} onUse={(text) => composer.current?.use(text)} />
        )}
        {conversation && writes && (
          <Composer conversation={conversation} handle={composer} key={conversation.id} onTyping={typing} thread={thread} />
        )}
        {conversation && panel && <PaneEdge label="Width of the customer panel" pane="panel" />}
      </main>
      {conversation && panel && <CustomerPanel conversation={conversation} key={conversation.customer.id} onClose={() => setPanel(false)} />}
      {closing && (
        <Dialog onClose={() => setClosing(false)} title="Close this conversation">
          <p>It moves to Closed. When the customer writes again, there is a new conversation, or this one opens again if the workspace is set so.</p>
          <div className="dialog-actions">
            <button className="button" onClick={() => setClosing(false)} type="button">
              Keep it open
            </button>
            <button
              className="button primary"
              onClick={() => {
                setClosing(false);
                void thread.end();
              }}
              type="button"
            >
              Close conversation
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
