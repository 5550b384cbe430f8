/** A file that answers are made from. */
export interface KnowledgeDocument {
  id: string;
  title: string;
  url?: string;
  language: string;
  format: string;
  fileName?: string;
  /** That answers are made from. */
  version: number;
  /** Higher than the version after a roll-back. */
  latestVersion: number;
  characters: number;
  parts: number;
  createdAt: string;
  updatedAt: string;
}

export interface DocumentVersion {
  version: number;
  title: string;
  fileName?: string;
  characters: number;
  createdAt: string;
}

export interface OpenedDocument {
  document: KnowledgeDocument;
  text: string;
  versions: DocumentVersion[];
}

export const accepted = ['.md', '.markdown', '.html', '.htm', '.xhtml', '.pdf', '.csv', '.tsv', '.txt', '.text'];
const largestFile = 5 * 1024 * 1024;

const formats: Record<string, string> = { markdown: 'Markdown', html: 'Web page', pdf: 'PDF', csv: 'Table', text: 'Plain text' };

export function formatName(format: string): string {
  return formats[format] ?? format;
}

/** Why a file cannot become knowledge, as far as that is known before it is sent. */
export function refusal({ name, size }: { name: string; size: number }): string | undefined {
  const lower = name.toLowerCase();
  if (!accepted.some((ending) => lower.endsWith(ending))) return 'Documents are Markdown (.md), web pages (.html), PDF (.pdf), tables (.csv) or plain text (.txt).';
  if (size === 0) return 'The file is empty.';
  if (size > largestFile) return 'The file is larger than 5 MB. Upload it in parts.';
  return undefined;
}

/** What the service reads: the file, and what is known of it better than the file says itself. */
export function uploadOf(form: FormData): FormData {
  const upload = new FormData();
  const file = form.get('file');
  if (file instanceof File) upload.append('file', file);
  for (const name of ['title', 'url', 'language']) {
    const value = String(form.get(name) ?? '').trim();
    if (value) upload.append(name, value);
  }
  return upload;
}
