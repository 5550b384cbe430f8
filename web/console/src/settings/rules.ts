import { channelName } from '../names.ts';

export type Happening = 'customer_message' | 'handed_over' | 'closed';

/** When something happens and the conversation is of this kind, then this is done. */
export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  when: Happening;
  if: { channels?: string[]; words?: string[]; label?: string };
  then: { labels?: string[]; teamId?: string; assigneeId?: string; note?: string; reply?: string; handsOver?: boolean; closes: boolean };
}

export interface DryRun {
  looked: number;
  matched: number;
  items: { conversationId: string; channel: string; customerName?: string; text?: string; at: string }[];
}

export const happenings: Record<Happening, string> = {
  customer_message: 'a customer writes',
  handed_over: 'the assistant hands over',
  closed: 'a conversation is closed',
};

const either = (items: readonly string[]) => items.join(' or ');

/** The rule as one sentence. */
export function sentenceOf({ when, if: conditions, then }: Omit<Rule, 'id' | 'name' | 'enabled'>, teamName?: string, personName?: string): string {
  const { channels = [], words = [], label } = conditions;
  const ifs = [
    channels.length > 0 && `on ${either(channels.map(channelName))}`,
    words.length > 0 && `with ${either(words.map((word) => `“${word}”`))}`,
    label && `labelled ${label}`,
  ].filter(Boolean);
  const thens = [
    then.labels && then.labels.length > 0 && `label ${then.labels.join(', ')}`,
    then.teamId && `give to ${teamName ?? 'a team that is no more'}`,
    then.assigneeId && `give to ${personName ?? 'somebody who is no more here'}`,
    then.reply && `reply “${then.reply.length > 60 ? `${then.reply.slice(0, 60)}…` : then.reply}”`,
    then.note && 'leave a note',
    then.handsOver && 'hand over to people',
    then.closes && 'close',
  ].filter(Boolean);
  return `When ${[happenings[when], ...ifs].join(' ')}: ${thens.join(', ')}.`;
}

/** `one, two` as it is typed. */
export function listed(text: string | undefined): string[] | undefined {
  const items = [...new Set((text ?? '').split(',').map((item) => item.trim()).filter(Boolean))];
  return items.length > 0 ? items : undefined;
}
