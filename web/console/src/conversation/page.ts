import type { Message } from '../contract.ts';

/** Of each message, what the customer looked at when writing it, in a word or two; said again only once it is another page. */
export function pagesOf(messages: readonly Message[]): (string | undefined)[] {
  let before: string | undefined;
  return messages.map(({ author, page }) => {
    if (author.type !== 'customer') return undefined;
    const earlier = before;
    before = page && nameOf(page);
    return before === earlier ? undefined : before;
  });
}

function nameOf({ title, product, url }: NonNullable<Message['page']>): string | undefined {
  return title ?? product ?? url;
}
