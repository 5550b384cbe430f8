import type { Message } from '../contract.ts';

/** What the customer looked at when writing it, in a word or two; said again only once it is another page. */
export function pageOf(messages: readonly Message[], index: number): string | undefined {
  const { author, page } = messages[index]!;
  if (author.type !== 'customer' || !page) return undefined;
  const name = nameOf(page);
  for (let earlier = index - 1; earlier >= 0; earlier--) {
    const before = messages[earlier]!;
    if (before.author.type === 'customer') return before.page && nameOf(before.page) === name ? undefined : name;
  }
  return name;
}

function nameOf({ title, product, url }: NonNullable<Message['page']>): string | undefined {
  return title ?? product ?? url;
}
