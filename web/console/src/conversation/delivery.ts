import type { Message } from '../contract.ts';

const words: Record<string, string> = {
  queued: 'Waits to be sent',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  cancelled: 'Not sent: somebody took over first',
};

/** What became of a message on its way, in words; of a failed one the reason, and what helps. */
export function deliveryWords({ status, error, errorCode }: NonNullable<Message['delivery']>): string {
  const reason = [error, errorCode && `(${errorCode})`].filter(Boolean).join(' ');
  if (status === 'failed') return `Not delivered. ${reason || 'The messenger gave no reason.'}`;
  if (status === 'unknown') return `It is not known whether this arrived: the messenger did not confirm it. ${reason}`.trim();
  return words[status] ?? status;
}
