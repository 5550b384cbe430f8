// What the services answer, by the external contract. Parts that are absent are omitted.

export interface Money {
  amount: string;
  currency: string;
}

export interface Card {
  kind: string;
  id: string;
  title: string;
  subtitle?: string;
  price?: Money;
  imageUrl?: string;
  url?: string;
  action?: string;
}

export interface Citation {
  documentId: string;
  title: string;
  url?: string;
  quote: string;
}

export interface Attachment {
  id: string;
  kind: string;
  contentType: string;
  fileName?: string;
  size?: number;
  url?: string;
  /** Of a picture that is larger than a page needs. */
  thumbnailUrl?: string;
  /** Why the messenger never gave it, in a word. */
  unavailable?: string;
}

export interface Message {
  id: string;
  conversationId: string;
  sequence: number;
  direction: 'inbound' | 'outbound';
  author: { type: 'customer' | 'assistant' | 'agent' | 'system'; id?: string; name?: string };
  text: string;
  createdAt: string;
  attachments?: Attachment[];
  cards?: Card[];
  citations?: Citation[];
  delivery?: { status: string; errorCode?: string; error?: string };
}

export interface Conversation {
  id: string;
  status: 'open' | 'pending' | 'closed';
  turn: 'assistant' | 'agent';
  revision?: number;
}

export interface Session {
  conversationId: string;
  customerId: string;
  visitorId: string;
  token: string;
  expiresAt: string;
  preChat?: PreChat;
}

export type Asked = 'optional' | 'required';

/** What the workspace wants to know of the visitor before the chat. */
export interface PreChat {
  name?: Asked;
  email?: Asked;
  message?: Asked;
}

/** RFC 9457, as far as the pages use it. */
export interface Problem {
  type?: string;
  status?: number;
  title?: string;
  detail?: string;
  errors?: Record<string, string[]>;
}
