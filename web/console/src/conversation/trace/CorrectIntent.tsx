import { useId, useState, type FormEvent } from 'react';
import type { Conversation, Message } from '../../contract.ts';
import { spoken } from '../../names.ts';
import { sentence } from '../../service.ts';
import { intentKey } from '../../settings/knowledge/intents.ts';
import { useWorkplace } from '../../workplace.ts';
import type { Trace } from './trace.ts';

const longestExample = 500;
const looksBack = 50;

interface CorrectIntentProps {
  read: Trace['understanding'][number];
  /** The answer that follows the message. */
  answer: Message;
}

interface Written {
  text: string;
  customerId: string;
  /** What customers wanted lately, to choose from. */
  intents: string[];
}

/** Says what a message was really for; an admin lets the next model learn it. */
export function CorrectIntent({ read: { messageId, intent }, answer }: CorrectIntentProps) {
  const { service } = useWorkplace();
  const [written, setWritten] = useState<Written>();
  const [told, setTold] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();

  async function begin() {
    try {
      const [conversation, messages, wanted] = await Promise.all([
        service.get<Conversation>(`/api/conversations/${answer.conversationId}`),
        service.get<{ items: Message[] }>('/api/messages/get_conversation_messages', { conversationId: answer.conversationId, before: answer.sequence, limit: looksBack }),
        service.get<{ totals: { key: string }[] }>('/api/analytics/intent_stats'),
      ]);
      const text = messages.items.find((message) => message.id === messageId)?.text.slice(0, longestExample);
      if (text) setWritten({ text, customerId: conversation.customer.id, intents: wanted.totals.map(({ key }) => key).filter((key) => key !== intent) });
      setProblem(text ? undefined : 'There is no text of this message to learn from.');
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  async function tell(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const right = intentKey(String(new FormData(event.currentTarget).get('intent')));
    try {
      await service.post('/api/knowledge/intents/corrections', { messageId, customerId: written!.customerId, intent: right, text: written!.text, predicted: intent });
      setTold(true);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  if (told) {
    return (
      <span className="success-text" role="status">
        Corrected. An admin lets the next model learn it.
      </span>
    );
  }
  return (
    <>
      {!written && (
        <button className="link-button" onClick={() => void begin()} type="button">
          Correct it<span className="hidden-text">: {spoken(intent)}</span>
        </button>
      )}
      {written && (
        <form className="correction" onSubmit={(event) => void tell(event)}>
          <q className="trace-quote" dir="auto">
            {written.text}
          </q>
          <label className="form-field" htmlFor={id}>
            <span>Was really for</span>
            <input autoComplete="off" autoFocus className="field" id={id} list={`${id}-list`} maxLength={64} name="intent" required />
          </label>
          <datalist id={`${id}-list`}>
            {written.intents.map((key) => (
              <option key={key} value={spoken(key)} />
            ))}
          </datalist>
          <span className="actions">
            <button className="button" onClick={() => setWritten(undefined)} type="button">
              Leave it
            </button>
            <button className="button primary" type="submit">
              Say so
            </button>
          </span>
        </form>
      )}
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
