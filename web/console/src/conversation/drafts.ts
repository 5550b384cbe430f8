import { load, save } from '../../../shared/storage.ts';

export interface WrittenDraft {
  text: string;
  private: boolean;
}

const key = 'assistify.console.drafts';
const most = 200;

/** What was begun and not sent, by conversation; it survives a reload and an ended session. */
export const drafts = {
  of(conversationId: string): WrittenDraft {
    return load<Record<string, WrittenDraft>>(key)?.[conversationId] ?? { text: '', private: false };
  },

  keep(conversationId: string, draft: WrittenDraft): void {
    const { [conversationId]: _, ...others } = load<Record<string, WrittenDraft>>(key) ?? {};
    const kept = draft.text ? { ...others, [conversationId]: draft } : others;
    save(key, Object.fromEntries(Object.entries(kept).slice(-most)));
  },
};
