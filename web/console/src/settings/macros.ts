import type { Macro } from '../contract.ts';

/** What it does, each in a few words. */
export function actionsOf({ text, private: isNote, labels, assignToMe, teamId, closes }: Macro, teamName?: string): string[] {
  return [
    text && (isNote ? 'leaves a note' : 'sends its text'),
    labels.length > 0 && `labels ${labels.join(', ')}`,
    assignToMe && 'assigns to you',
    teamId && `gives to ${teamName ?? 'a team'}`,
    closes && 'closes',
  ].filter((action) => typeof action === 'string' && action !== '') as string[];
}
