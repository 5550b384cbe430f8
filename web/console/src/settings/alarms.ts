import { formatWhen } from '../time.ts';

/** Why somebody should look at a connection. */
export interface Alarm {
  kind: string;
  detail?: string;
  since: string;
}

const grave = ['credentials', 'callback_gone'];

/** Messages are lost or not sent now. */
export function isGrave({ kind }: Alarm): boolean {
  return grave.includes(kind);
}

/** What is wrong, and what helps. */
export function alarmWords({ kind, detail }: Alarm): string {
  switch (kind) {
    case 'silent':
      return `Unusually quiet${detail ? ` since ${formatWhen(detail)}` : ''}. Check the webhook at the provider.`;
    case 'credentials':
      return `The provider refuses the credentials${detail ? `: ${ended(detail)}` : '.'} Nothing can be sent until there are new ones.`;
    case 'credentials_expire':
      return `The credentials end${detail ? ` on ${formatWhen(detail)}` : ' soon'}. Get new ones from the provider before that.`;
    case 'callback_gone':
      return `${ended(detail ?? 'The callback address is gone')} Nothing is sent there any more; once it is back, test the credentials.`;
    default:
      return ended([kind.replaceAll('_', ' '), detail].filter(Boolean).join(': '));
  }
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
