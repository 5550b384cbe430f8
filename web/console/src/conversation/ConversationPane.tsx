import { useCallback, useEffect, useRef, useState } from 'react';
import { BackIcon, PanelIcon } from '../../../shared/icons.tsx';
import { Dialog } from '../Dialog.tsx';
import { ChannelIcon } from '../ChannelIcon.tsx';
import { readMarks } from '../inbox/read-marks.ts';
import { useKeys } from '../keys.ts';
import { Link } from '../Link.tsx';
import { channelName, customerName } from '../names.ts';
import { go, useRoute } from '../route.ts';
import { useStore } from '../store.ts';
import { formatWhen } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { AnswerSuggestion } from './AnswerSuggestion.tsx';
import { Assignment } from './Assignment.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import './conversation.css';
import { CustomerPanel } from './CustomerPanel.tsx';
import { Labels } from './Labels.tsx';
import { Messages } from './Messages.tsx';
import { Thread } from './thread.ts';
import { TurnBar } from './TurnBar.tsx';
import { isUnwelcome } from './welcome.ts';

const retryMs = 5_000;
const wide = '(min-width: 1200px)';

export function ConversationPane({ id }: { id: string }) {
  const { service, live, inbox } = useWorkplace();
  const [thread] = useState(() => new Thread(id, inbox.find(id), service, live));
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
  const { session, live, notifications } = useWorkplace();
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
      if (last !== undefined && document.visibilityState === 'visible') readMarks.mark(thread.id, last);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [thread, last]);

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

  useKeys({
    p: () => setPanel((open) => !open),
    ...(writes &&
      conversation && {
        n: () => composer.current?.write(true),
        a: () => setMenu('assign'),
        l: () => setMenu('labels'),
        u: undo,
        ...(!closed && {
          r: () => composer.current?.write(false),
          e: () => setClosing(true),
          ...((conversation.turn === 'assistant' || !conversation.customer.supplier) && {
            t: () => void (conversation.turn === 'assistant' ? thread.takeOver() : thread.handBack()),
          }),
        }),
      }),
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
      </main>
      {conversation && panel && (
        <CustomerPanel conversation={conversation} key={conversation.customer.id} onClose={() => setPanel(false)} />
      )}
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
