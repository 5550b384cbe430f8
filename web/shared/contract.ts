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
  /** Of a form: what is asked for. */
  fields?: FormField[];
  /** Of a booking: the times that can be chosen. */
  slots?: Slot[];
  /** The time that is kept for the visitor while he decides. */
  held?: Hold;
  /** In which the times are shown, such as `Europe/Nicosia`; the visitor's own else. */
  timeZone?: string;
}

export interface FormField {
  name: string;
  /** In the visitor's language. */
  label: string;
  kind: 'text' | 'email' | 'phone' | 'number' | 'date' | 'time' | 'choice';
  required?: boolean;
  /** Of a choice. */
  options?: string[];
  /** The least number, or the first day. */
  min?: string;
}

export interface Slot {
  id: string;
  start: string;
  /** What choosing it says, in the visitor's language. */
  title: string;
}

export interface Hold {
  slotId: string;
  /** By the server's clock. */
  heldUntil: string;
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
  /** The sequence up to which the visitor has read. */
  readByCustomer?: number;
  /** The sequence up to which somebody of the team has read. */
  readByPeople?: number;
}

export interface Session {
  conversationId: string;
  customerId: string;
  visitorId: string;
  token: string;
  expiresAt: string;
  preChat?: PreChat;
  /** The server's clock. */
  now?: string;
  people?: PeopleHours;
}

/** When people answer. */
export interface PeopleHours {
  /** Whether they do now. */
  now: boolean;
  /** When that changes; absent where it never does. */
  changesAt?: string;
}

/** What the shop's page says of itself; it goes with the messages that are written on it. */
export interface PageContext {
  url?: string;
  title?: string;
  product?: string;
  cart?: { product: string; quantity: number }[];
  [fact: string]: unknown;
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
