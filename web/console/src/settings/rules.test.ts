import { expect, it } from 'vitest';
import { listed, sentenceOf } from './rules.ts';

it('says a rule as one sentence', () => {
  const rule = { when: 'customer_message', if: { channels: ['whatsapp', 'web'], words: ['refund'] }, then: { labels: ['refund'], teamId: 't', closes: false } } as const;
  expect(sentenceOf({ ...rule, if: { channels: ['whatsapp', 'web'], words: ['refund'] }, then: { ...rule.then, labels: ['refund'] } }, 'Returns')).toBe(
    'When a customer writes on WhatsApp or Web chat with “refund”: label refund, give to Returns.',
  );
  expect(sentenceOf({ when: 'closed', if: { label: 'spam' }, then: { note: 'Again.', closes: true } })).toBe(
    'When a conversation is closed labelled spam: leave a note, close.',
  );
  expect(sentenceOf({ when: 'customer_message', if: { words: ['lawyer'] }, then: { reply: 'A person looks at it.', handsOver: true, assigneeId: 'p', closes: false } }, undefined, 'Mara')).toBe(
    'When a customer writes with “lawyer”: give to Mara, reply “A person looks at it.”, hand over to people.',
  );
});

it('reads lists as they are typed', () => {
  expect(listed(' refund, money back ,refund,')).toEqual(['refund', 'money back']);
  expect(listed(' , ')).toBeUndefined();
});
