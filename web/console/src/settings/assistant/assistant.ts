import { ServiceError } from '../../../../shared/http.ts';
import { listed } from '../rules.ts';
import { intentKey } from '../knowledge/intents.ts';
import { textOf } from '../FormDialog.tsx';

// What the workspace decides about its assistant, by `/api/assistant`. Parts that are absent are omitted.

export interface AssistantSettings {
  instructions: string;
  /** In characters. */
  longestAnswer?: number;
  strictTopics: string[];
  handOverTopics: string[];
}

export interface AssistantVersion {
  /** 0 is the built-in one. */
  version: number;
  active: boolean;
  settings: AssistantSettings;
  note?: string;
  createdAt?: string;
}

export interface SettingChange {
  setting: keyof AssistantSettings;
  removed: string[];
  added: string[];
}

export interface Canary {
  id: string;
  version: number;
  activeVersion: number;
  percent: number;
  status: 'running' | 'stopped' | 'ended';
  reason?: string;
  startedAt: string;
  endedAt?: string;
}

/** Conversations, and in how many of them it happened. */
export interface CanaryFigures {
  conversations: number;
  refused: number;
  fellBack: number;
  handedOver: number;
  unhappy: number;
}

export interface CanaryView {
  canary: Canary;
  figures: CanaryFigures;
  activeFigures: CanaryFigures;
}

/** A turn of a case that would not come out as it must. */
export interface RefusedTurn {
  caseId: string;
  name: string;
  turn: number;
  failures: string[];
}

/** Why the suite refuses a change; nothing where the refusal is not the suite's. */
export function refusedTurns(error: unknown): RefusedTurn[] | undefined {
  if (!(error instanceof ServiceError) || error.status !== 409) return undefined;
  return (error.problem as { cases?: RefusedTurn[] }).cases;
}

export const path = '/api/assistant';

export const settingNames: Record<keyof AssistantSettings, string> = {
  instructions: 'Instructions',
  longestAnswer: 'Longest answer',
  strictTopics: 'Only in the words of the knowledge',
  handOverTopics: 'To people at once',
};

export function versionName(version: number): string {
  return version === 0 ? 'the built-in settings' : `version ${version}`;
}

/** What a form's fields say. */
export function readSettings(form: FormData): AssistantSettings {
  const longest = textOf(form, 'longestAnswer');
  const topics = (name: string) => (listed(textOf(form, name)) ?? []).map(intentKey);
  return {
    instructions: textOf(form, 'instructions') ?? '',
    longestAnswer: longest === undefined ? undefined : Number(longest),
    strictTopics: topics('strictTopics'),
    handOverTopics: topics('handOverTopics'),
  };
}

/** `3 (12 %)`. */
export function share(count: number, of: number): string {
  return of === 0 ? String(count) : `${count.toLocaleString()} (${Math.round((count / of) * 100)} %)`;
}
