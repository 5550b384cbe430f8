import { describe, expect, it } from 'vitest';
import type { Message } from '../contract.ts';
import { Draft, notYetStored, Timeline } from './timeline.ts';

const at = '2026-01-01T10:00:00Z';

function message(sequence: number, text = 'x', conversationId = 'c'): Message {
  return {
    id: `${conversationId}-${sequence}`,
    conversationId,
    sequence,
    direction: 'inbound',
    author: { type: 'customer' },
    text,
    createdAt: at,
  };
}

describe('the timeline', () => {
  it('shows a message once, whichever way and however often it comes', () => {
    const timeline = new Timeline();
    timeline.merge([message(2), message(1)]);
    const added = timeline.merge([message(1), message(3)]);

    expect(added.map((m) => m.sequence)).toEqual([3]);
    expect(timeline.messages.map((m) => m.sequence)).toEqual([1, 2, 3]);
  });

  it('keeps the next conversation after the one before it', () => {
    const timeline = new Timeline();
    timeline.merge([message(7, 'old', 'first'), message(1, 'new', 'second')]);

    expect(timeline.messages.map((m) => m.text)).toEqual(['old', 'new']);
    expect(timeline.lastSequence('second')).toBe(1);
  });
});

describe('unconfirmed messages', () => {
  const outgoing = { clientMessageId: 'a', text: 'Hello', writtenAt: at, afterSequence: 4 };

  it('are not shown beside their stored copy', () => {
    expect(notYetStored([outgoing], [message(5, 'Hello')])).toEqual([]);
  });

  it('are shown although the same text was stored before they were written', () => {
    expect(notYetStored([outgoing], [message(4, 'Hello')])).toEqual([outgoing]);
  });

  it('of the same text need a stored copy each', () => {
    const second = { ...outgoing, clientMessageId: 'b' };
    expect(notYetStored([outgoing, second], [message(5, 'Hello')])).toEqual([second]);
  });

  it('stay visible when they were refused', () => {
    const refused = { ...outgoing, refusal: 'Too long.' };
    expect(notYetStored([refused], [message(5, 'Hello')])).toEqual([refused]);
  });
});

describe('a draft', () => {
  it('takes pieces in any order and twice, and stops at a gap', () => {
    const draft = new Draft();
    draft.add(0, 'We ');
    draft.add(2, 'ship');
    expect(draft.text).toBe('We ');
    draft.add(1, 'do ');
    draft.add(1, 'do ');
    expect(draft.text).toBe('We do ship');
  });
});
