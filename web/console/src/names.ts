import type { Conversation, Customer, Identifier } from './contract.ts';

const channels: Record<string, string> = {
  web: 'Web chat',
  whatsapp: 'WhatsApp',
  instagram: 'Instagram',
  facebook: 'Messenger',
  shopify: 'Shopify',
  telegram: 'Telegram',
  slack: 'Slack',
  wechat: 'WeChat',
  custom: 'Custom',
};

export const channelKeys = Object.keys(channels);

export function channelName(channel: string): string {
  return channels[channel] ?? channel;
}

const languages = new Intl.DisplayNames(undefined, { type: 'language' });

/** What a visitor's browser said may be anything. */
export function languageName(language: string): string {
  try {
    return languages.of(language) ?? language;
  } catch {
    return language;
  }
}

/** The customer's name, else an address that people can read, else a number that tells visitors apart. */
export function customerName({ id, name, identifiers }: Conversation['customer'] | Customer): string {
  if (name) return name;
  const readable = identifiers.find(({ kind }) => kind !== 'web');
  return readable ? readable.value : `Visitor ${id.slice(-4)}`;
}

export function identifierName({ kind }: Identifier): string {
  return kind === 'email' ? 'E-mail' : kind === 'phone' ? 'Phone' : kind === 'web' ? 'Browser' : channelName(kind);
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return '#';
  return [words[0]!, ...words.slice(1).slice(-1)].map((word) => [...word].find((letter) => /\p{L}/u.test(letter))!.toUpperCase()).join('');
}

/** `product_search` as people say it. */
export function spoken(key: string): string {
  const text = key.replaceAll('_', ' ').replaceAll('.', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
