import type { Card, Slot } from '../contract.ts';
import { h } from '../dom.ts';
import { serverClock } from './service.ts';

/** What an offer of times says beside the times, in the visitor's language. */
export interface SlotWords {
  days: string;
  times: string;
  /** With what is left as `{left}`, minutes and seconds. */
  heldFor: string;
  /** Said once, a minute before the end. */
  heldEnds: string;
  heldOver: string;
  chosen: string;
  slotsClosed: string;
}

export interface SlotManner {
  words: SlotWords;
  language: string;
  /** Sends the choice, one ordinary message. */
  ask(text: string): void;
  /** What the visitor wrote next: the offer is over then. */
  next: string | undefined;
  /** When the offer was made: the ring is full then. */
  since: string;
}

const round = 2 * Math.PI * 8;
const tickMs = 1_000;
const soonMs = 60_000;

/** Times to choose from, day by day; one that is kept for the visitor counts down by the server's clock. */
export function slotsOf(card: Card, manner: SlotManner): HTMLElement {
  const { title, slots = [], held } = card;
  const { words, next } = manner;
  const element = h('div', { className: 'asked slots', role: 'group', 'aria-label': title }, h('p', { className: 'asked-title', dir: 'auto' }, title));
  if (next !== undefined) {
    const chosen = slots.find((slot) => slot.title === next.trim());
    element.classList.add('asked-over');
    element.append(...(chosen ? [h('p', { dir: 'auto' }, chosen.title)] : []), h('p', { className: 'meta' }, chosen ? words.chosen : words.slotsClosed));
    return element;
  }
  const kept = held && slots.find(({ id }) => id === held.slotId);
  const days = byDay(slots, card.timeZone);
  const times = h('ul', { className: 'times', 'aria-label': words.times });
  const strip = [...days].map(([day, ofDay]): HTMLButtonElement => {
    const label = dayLabel(ofDay[0]!, card.timeZone, manner.language);
    return h('button', { className: 'day', type: 'button', onclick: () => show(day) }, h('span', { className: 'meta' }, `${label.weekday} `), label.day, unseen(` ${label.month}`));
  });
  const show = (shownDay: string): void => {
    [...days.keys()].forEach((day, index) => strip[index]!.setAttribute('aria-pressed', String(day === shownDay)));
    times.replaceChildren(
      ...days.get(shownDay)!.map((slot) =>
        h('li', {}, h('button', { className: `time ${slot === kept ? 'time-held' : ''}`, type: 'button', onclick: () => manner.ask(slot.title) }, timeLabel(slot, card.timeZone, manner.language), unseen(`, ${slot.title}`))),
      ),
    );
  };
  const first = [...days].find(([, ofDay]) => kept && ofDay.includes(kept))?.[0] ?? days.keys().next().value;
  if (first === undefined) return element;
  show(first);
  element.append(h('div', { className: 'days', role: 'group', 'aria-label': words.days }, ...strip), times);
  if (kept) element.append(countdown(kept, Date.parse(manner.since), Date.parse(held.heldUntil), words, () => times.querySelector('.time-held')?.classList.remove('time-held')));
  return element;
}

/** The ring empties as the time runs out; the words beside it say the same, and to who listens only what matters. */
function countdown(kept: Slot, since: number, until: number, words: SlotWords, over: () => void): HTMLElement {
  const left = h('span', { dir: 'auto' });
  const told = h('span', { className: 'unseen hidden-text', role: 'status' });
  const ring = ringOf();
  const element = h('p', { className: 'held' }, ring.element, left, told);
  let placed = false;
  let warned = false;
  const look = (): void => {
    // Shown once and gone since: nobody sees it count.
    placed ||= element.isConnected;
    if (placed && !element.isConnected) {
      clearInterval(timer);
      return;
    }
    const rest = until - serverClock.now();
    if (rest <= 0) {
      clearInterval(timer);
      over();
      ring.element.remove();
      left.textContent = words.heldOver;
      told.textContent = words.heldOver;
      left.setAttribute('aria-hidden', 'true');
      return;
    }
    const seconds = Math.ceil(rest / 1_000);
    ring.turn(rest / Math.max(until - since, rest));
    left.textContent = words.heldFor.replace('{title}', kept.title).replace('{left}', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
    if (rest <= soonMs && !warned) {
      warned = true;
      told.textContent = words.heldEnds;
    }
  };
  const timer = setInterval(look, tickMs);
  look();
  return element;
}

function ringOf(): { element: SVGElement; turn(part: number): void } {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 20 20', width: '20', height: '20', fill: 'none', 'aria-hidden': 'true', class: 'ring' })) svg.setAttribute(key, value);
  const circles = ['ring-all', 'ring-left'].map((name) => {
    const circle = document.createElementNS(space, 'circle');
    for (const [key, value] of Object.entries({ cx: '10', cy: '10', r: '8', 'stroke-width': '2.5', class: name })) circle.setAttribute(key, value);
    svg.append(circle);
    return circle;
  });
  const rest = circles[1]!;
  rest.setAttribute('stroke-dasharray', String(round));
  rest.setAttribute('transform', 'rotate(-90 10 10)');
  return { element: svg, turn: (part) => rest.setAttribute('stroke-dashoffset', String(round * (1 - part))) };
}

function byDay(slots: readonly Slot[], timeZone: string | undefined): Map<string, Slot[]> {
  // Sweden writes days as they sort.
  const format = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone });
  const days = new Map<string, Slot[]>();
  for (const slot of [...slots].sort((a, b) => Date.parse(a.start) - Date.parse(b.start))) {
    const day = format.format(new Date(slot.start));
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}

function dayLabel({ start }: Slot, timeZone: string | undefined, language: string): { weekday: string; day: string; month: string } {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...options, timeZone }).format(new Date(start));
  return { weekday: format({ weekday: 'short' }), day: format({ day: 'numeric' }), month: format({ month: 'long' }) };
}

/** For who listens; both pages hide it from who looks. */
const unseen = (text: string): HTMLElement => h('span', { className: 'unseen hidden-text' }, text);

const timeLabel = ({ start }: Slot, timeZone: string | undefined, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(start));
