import { channelName, spoken } from '../names.ts';
import { formatWhen } from '../time.ts';

/** What a number counts: a figure's, all of it or one key's, in a time. */
export interface Behind {
  figure: string;
  key?: string;
  channel?: string;
  from: string;
  to: string;
}

export interface BehindAnswer {
  /** The number. */
  total: number;
  conversations: number;
  items: { conversationId: string; count: number; lastAt: string }[];
}

const titles: Record<string, string> = {
  channel_stats: 'Messages from customers',
  intent_stats: 'What customers want',
  sentiment_stats: 'How they sound',
  response_times: 'Answers by the assistant',
  model_metrics: 'Answers by model',
  promises: 'Promises',
  promises_kept: 'Promises kept',
  satisfaction: 'Rated',
  funnel: 'Conversations',
};

/** What there can be several of in a conversation. */
const units: Record<string, string> = {
  channel_stats: 'messages',
  intent_stats: 'messages',
  sentiment_stats: 'messages',
  response_times: 'answers',
  model_metrics: 'answers',
  promises: 'promises',
  promises_kept: 'promises',
};

const steps: Record<string, string> = { received: 'begun', kept: 'kept by the assistant', handed_over: 'handed to people' };

function keyName(figure: string, key: string): string {
  if (figure === 'channel_stats' || figure === 'response_times') return channelName(key);
  if (figure === 'satisfaction') return `${key} of 5`;
  if (figure === 'funnel') return steps[key] ?? spoken(key).toLowerCase();
  return figure === 'model_metrics' ? key : spoken(key);
}

/** The address of what is behind a number, which can be sent to a colleague; it leads back to the figures as they were. */
export function behindQuery({ figure, key, channel, from, to }: Behind, span: string): URLSearchParams {
  const query = new URLSearchParams({ figure, from, to });
  if (key) query.set('key', key);
  if (channel) query.set('channel', channel);
  if (span !== 'today') query.set('span', span);
  return query;
}

export function backFrom(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => name === 'span' || name === 'channel'));
}

/** What an address asks for, and how it is said. */
export interface BehindIn {
  question: Behind;
  title: string;
  time: string;
  /** What there can be several of in a conversation. */
  unit: string | undefined;
}

export function behindIn(query: URLSearchParams): BehindIn {
  const figure = query.get('figure') ?? '';
  const key = query.get('key') ?? undefined;
  const channel = query.get('channel') ?? undefined;
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const title = [titles[figure] ?? 'Conversations', key && keyName(figure, key)].filter(Boolean).join(': ');
  const known = [from, to].every((time) => !Number.isNaN(Date.parse(time)));
  const time = known ? `${formatWhen(from)} to ${formatWhen(to)}${channel ? `, ${channelName(channel)}` : ''}` : '';
  return { question: { figure, key, channel, from, to }, title, time, unit: units[figure] };
}

export function countedIn(unit: string | undefined, { total, conversations }: BehindAnswer): string {
  const in_ = conversations === 1 ? '1 conversation' : `${conversations.toLocaleString()} conversations`;
  if (!unit) return in_;
  return `${total.toLocaleString()} ${total === 1 ? unit.slice(0, -1) : unit} in ${in_}`;
}
