import type { Message as SharedMessage, Money, PageContext } from '../../shared/contract.ts';

// What the services answer to operators, by the external contract. Parts that are absent are omitted.

export type Role = 'viewer' | 'agent' | 'admin' | 'owner';

export interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  disabled: boolean;
  createdAt: string;
}

export interface Identifier {
  kind: string;
  value: string;
}

export interface Conversation {
  id: string;
  channel: string;
  status: 'open' | 'pending' | 'closed';
  turn: 'assistant' | 'agent';
  revision: number;
  customer: {
    id: string;
    name?: string;
    identifiers: Identifier[];
    /** He sells to the shop: people answer him, never the assistant. */
    supplier?: boolean;
  };
  assignee?: { id: string; name?: string };
  labels: string[];
  subject?: string;
  lastMessage?: {
    id: string;
    sequence: number;
    direction: 'inbound' | 'outbound';
    author: { type: Message['author']['type'] };
    text: string;
    createdAt: string;
  };
  lastActivityAt: string;
  createdAt: string;
  windowExpiresAt?: string;
  /** When the customer asked for no more messages on this channel. */
  optedOutAt?: string;
  /** How well the customer said he was helped, from 1 to 5. */
  satisfaction?: number;
  inboxRevision?: number;
  /** Since when the customer waits for people, and by when they promised to answer and to be done. */
  clock?: { response: 'first' | 'next'; waitingSince?: string; responseDueAt?: string; resolutionDueAt?: string };
  /** The sequence up to which the customer has read, on web chat. */
  readByCustomer?: number;
  /** The sequence up to which people have. */
  readByPeople?: number;
  /** Whose members it is given to. */
  team?: { id: string; name: string };
}

export interface Message extends SharedMessage {
  private?: boolean;
  sentAt?: string;
  delivery?: { status: string; errorCode?: string; error?: string; updatedAt?: string };
  nlu?: { intent: string; confidence: number; sentiment: string; language: string };
  reactions?: { emoji: string; at: string }[];
  editedAt?: string;
  deletedAt?: string;
  order?: { productId: string; quantity: number; price?: Money }[];
  /** What the messenger calls a kind that is not passed on. */
  unsupported?: string;
  /** What the customer looked at, as the page said. */
  page?: Pick<PageContext, 'url' | 'title' | 'product' | 'cart'> & { facts?: Record<string, string> };
  model?: string;
  latencyMs?: number;
}

export interface Customer {
  id: string;
  name?: string;
  email?: string;
  phone?: string;
  locale?: string;
  identifiers: Identifier[];
  conversations: number;
  lastActivityAt?: string;
  createdAt: string;
  /** Since when he gets no automatic answer. */
  blockedAt?: string;
  /** Since when he is somebody who sells to the shop: people answer him, and the assistant never does. */
  supplierSince?: string;
  /** Who became part of him and can still be taken out again, the last one first. */
  mergedFrom?: { customerId: string; name?: string; mergedAt: string }[];
}

/** What the customer ordered in the shop. */
export interface Order {
  id: string;
  name: string;
  createdAt: string;
  total: Money;
  financialStatus?: string;
  fulfilmentStatus?: string;
  cancelledAt?: string;
  lines: { title: string; quantity: number }[];
  url?: string;
}

/** A text that a messenger's provider approved, with numbered places for values. */
export interface StoredTemplate {
  id: string;
  channel: string;
  /** None: of each account on the channel. */
  connectionId?: string;
  name: string;
  language?: string;
  text: string;
  category: string;
}

/** What a supplier was asked for a customer. */
export interface Enquiry {
  id: string;
  subject: string;
  askedAt: string;
  /** His conversation. */
  supplier: Conversation;
  /** The conversation of the customer for whom he was asked. */
  customer: Conversation;
  /** At the customer's own wish; otherwise an operator asked. */
  byAssistant: boolean;
  /** When his first answer went on to the customer. */
  answeredAt?: string;
  /** Those of his pictures that the customer was shown. */
  pictures: { messageId: string; imageUrl: string; at: string }[];
}

export interface Page<Item> {
  items: Item[];
  next?: string;
}

export interface CannedAnswer {
  id: string;
  /** Typed after the slash. */
  shortcut: string;
  text: string;
}

/** Several actions by one choice. */
export interface Macro {
  id: string;
  name: string;
  text?: string;
  private: boolean;
  labels: string[];
  assignToMe: boolean;
  teamId?: string;
  closes: boolean;
}

export interface TeamOfPeople {
  id: string;
  name: string;
  /** Whose conversations it takes when they are handed over; none means all. */
  channels: string[];
  takesHandOvers: boolean;
  /** How many open conversations a member answers at a time. */
  capacity: number;
  members: { id: string; name: string; away: boolean; working: number }[];
}

export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  own: boolean;
  filter: { view?: string; channel?: string; label?: string; q?: string; team?: string };
}

/** Somebody named the operator in a private note. */
export interface Notification {
  id: string;
  kind: string;
  conversationId: string;
  messageId: string;
  actor: { id?: string; name?: string };
  customerName?: string;
  text: string;
  createdAt: string;
  readAt?: string;
}
