import type { PageContext } from '../contract.ts';

const longestUrl = 2_000;
const longestText = 150;
const longestName = 40;
const longestAll = 5_500;
const mostFacts = 20;
const mostLines = 20;
const half = /\p{Surrogate}/u;

/**
 * What a page says of itself, cut to what the service takes: a page that says too much must not keep its visitors from
 * writing.
 */
export function contextOf(said: unknown): PageContext | undefined {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined;
  const { url, title, product, productId, handle, cart, ...others } = said as Record<string, unknown>;
  const context: PageContext = {};
  const address = typeof url === 'string' ? addressOf(url) : undefined;
  if (address) context.url = address;
  const named = textOf(title);
  if (named) context.title = named;
  const shown = textOf(product) ?? textOf(productId) ?? textOf(handle);
  if (shown) context.product = shown;
  if (Array.isArray(cart)) {
    const lines = cart.flatMap(lineOf).slice(0, mostLines);
    if (lines.length > 0) context.cart = lines;
  }
  if (JSON.stringify(context).length > longestAll) delete context.cart;
  let facts = 0;
  for (const [name, value] of Object.entries(others)) {
    const text = typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value);
    if (text === undefined || name === '' || half.test(name) || name.length > longestName || facts === mostFacts) continue;
    if (JSON.stringify({ ...context, [name]: text }).length > longestAll) continue;
    context[name] = text;
    facts++;
  }
  return Object.keys(context).length > 0 ? context : undefined;
}

function addressOf(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url, location.href);
    return /^https?:$/.test(protocol) && href.length <= longestUrl ? href : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // Cut by characters, so that none is cut in two; what was cut in two before cannot be sent.
  const text = [...String(value).trim().replaceAll(/\p{Surrogate}/gu, '\uFFFD')].slice(0, longestText).join('');
  return text === '' ? undefined : text;
}

function lineOf(line: unknown): { product: string; quantity: number }[] {
  const { product, title, quantity = 1 } = (line ?? {}) as Record<string, unknown>;
  const named = textOf(product) ?? textOf(title);
  const pieces = Number(quantity);
  return named && Number.isInteger(pieces) && pieces > 0 && pieces <= 100_000 ? [{ product: named, quantity: pieces }] : [];
}
