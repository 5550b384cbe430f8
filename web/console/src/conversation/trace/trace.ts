import type { Money } from '../../../../shared/contract.ts';

/** How an answer came about, by `GET /api/traces/{messageId}`. Parts that are absent are omitted. */
export interface Trace {
  messageId: string;
  outcome: 'finished' | 'obsolete' | 'failed';
  createdAt: string;
  language?: string;
  provider: string;
  model: string;
  promptVersion?: string;
  knowledgeVersion?: number;
  handOver: boolean;
  tokens?: Tokens;
  cost?: Money;
  latencyMs: number;
  stages: { name: string; ms: number }[];
  understanding: { messageId: string; intent: string; confidence: number; sentiment: string; language: string }[];
  wishes: { kind: string; intent?: string; text: string }[];
  sources: { documentId: string; kind: string; title: string; url?: string; cited: boolean; spans: { quote: string }[] }[];
  tools: { id: string; name: string; round: number; arguments: unknown; status: string; result?: string; ms: number }[];
  checks: { provider: string; draft: number; name: string; passed: boolean; reason?: string; detail?: string }[];
  writers: Writer[];
  error?: string;
}

export interface Tokens {
  input: number;
  output: number;
  cached: number;
}

export interface Writer {
  provider: string;
  model: string;
  outcome: string;
  reason?: string;
  detail?: string;
  calls?: number;
  ms?: number;
  firstTokenMs?: number;
  tokens?: Tokens;
  cost?: Money;
}

const said: Record<string, string> = {
  done: 'done',
  rejected: 'not carried out: the arguments were wrong',
  unavailable: 'could not be carried out just then',
  proposed: 'waits for approval',
  failed: 'failed',
  answered: 'wrote the answer',
  refused: 'wrote something that the checks refused',
  skipped: 'was not asked',
  declined: 'had no answer',
  circuit_open: 'it failed too often just before',
  budget_day: 'the budget of the day was used up',
  budget_workspace: 'the workspace’s budget was used up',
  budget_conversation: 'the conversation’s budget was used up',
};

/** A word of the trace as people say it. */
export function inWords(key: string): string {
  return said[key] ?? key.replaceAll('_', ' ');
}

/** What was in the first place the answer's, and how long it took. */
export function stageMs({ stages }: Trace, name: string): number | undefined {
  return stages.find((stage) => stage.name === name)?.ms;
}
