import type { Conversation } from '../contract.ts';
import { isWaiting, waitingSince } from './filters.ts';

const minuteMs = 60_000;
/** How long somebody should wait where the workspace promises nothing. */
const unpromisedMs = 15 * minuteMs;
/** The part of the time that may pass before it is worth a warning. */
const calmShare = 2 / 3;

export interface Clock {
  level: 'calm' | 'warning' | 'danger';
  /** How much of the time has passed, 1 at most. */
  share: number;
  /** `Answer due in 5 min`; undefined where nothing is promised. */
  words: string | undefined;
  /** The same for a row of a list: `Due in 5 min`, `Late by 2 h`. */
  short: string | undefined;
}

/** The promise that ends first: people's answer, or the end of the matter. */
export function dueAt({ clock }: Conversation): number | undefined {
  const times = [clock?.responseDueAt, clock?.resolutionDueAt].filter((time) => time !== undefined).map((time) => Date.parse(time));
  return times.length === 0 ? undefined : Math.min(...times);
}

export function isLate(conversation: Conversation, now: number): boolean {
  const due = dueAt(conversation);
  return due !== undefined && due <= now;
}

export function clockOf(conversation: Conversation, now: number): Clock | undefined {
  const due = dueAt(conversation);
  const waits = isWaiting(conversation);
  if (due === undefined) {
    if (!waits) return undefined;
    const share = (now - Date.parse(waitingSince(conversation))) / unpromisedMs;
    return { level: share > 1 ? 'danger' : share > 1 / 3 ? 'warning' : 'calm', share: Math.min(1, share), words: undefined, short: undefined };
  }

  const { clock } = conversation;
  const answers = clock?.responseDueAt !== undefined && Date.parse(clock.responseDueAt) === due;
  const since = Date.parse(answers ? clock!.waitingSince! : (clock?.waitingSince ?? conversation.createdAt));
  const share = due > since ? (now - since) / (due - since) : 1;
  const what = answers ? (clock!.response === 'first' ? 'First answer' : 'Answer') : 'End';
  const left = due - now;
  const short = left > 0 ? `Due in ${timeLeft(left)}` : `Late by ${timeLeft(-left)}`;
  return {
    level: left <= 0 ? 'danger' : share > calmShare ? 'warning' : 'calm',
    share: Math.min(1, Math.max(0, share)),
    words: `${what} ${short.toLowerCase()}`,
    short,
  };
}

function timeLeft(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minuteMs));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  return `${Math.floor(minutes / (24 * 60))} days`;
}
