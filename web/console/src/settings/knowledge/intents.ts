export interface IntentCount {
  intent: string;
  /** Examples of the starter set, which every model learns. */
  starter: number;
  approved: number;
  proposed: number;
}

export interface IntentExample {
  id: string;
  intent: string;
  text: string;
  status: 'proposed' | 'approved' | 'rejected';
  messageId?: string;
  /** What the message was taken for. */
  predicted?: string;
  createdAt: string;
}

export interface IntentScores {
  examples: number;
  accuracy: number;
  macroF1: number;
  inScopeAccuracy: number;
  outsideRecall: number;
}

export interface IntentModel {
  version: number;
  status: 'queued' | 'training' | 'ready' | 'failed';
  active: boolean;
  /** The workspace's own. */
  examples: number;
  scores?: IntentScores;
  comparedWith?: number;
  comparedScores?: IntentScores;
  createdAt: string;
  trainedAt?: string;
}

export const path = '/api/knowledge/intents';

export function modelName(version: number): string {
  return version === 0 ? 'the starter model' : `model ${version}`;
}

export function isTraining({ status }: IntentModel): boolean {
  return status === 'queued' || status === 'training';
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** How it did beside the one that was in use when it was trained, on the same examples: `2.1 points more`. */
export function difference(score: number, compared: number): string {
  const points = Math.round((score - compared) * 1000) / 10;
  if (points === 0) return 'the same';
  return `${Math.abs(points).toFixed(1)} points ${points > 0 ? 'more' : 'less'}`;
}

/** An intent's key as the service takes it: people write `Gift wrapping`. */
export function intentKey(written: string): string {
  return written.trim().toLowerCase().replace(/[\s-]+/g, '_');
}
