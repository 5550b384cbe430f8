import type { Money } from './contract.ts';

/** Money arrives as text so that no binary fraction ever touches it; `Intl` takes it as text too. */
export function formatMoney(money: Money, locale?: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }).format(
      money.amount as unknown as number,
    );
  } catch {
    return `${money.amount} ${money.currency}`;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else that a row of a list shows: each is made once. */
export function dateFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

/** The time today, day and time before that. */
export function formatTime(iso: string, now = new Date(), locale?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toDateString() === now.toDateString();
  return dateFormat(
    locale,
    today ? { timeStyle: 'short' } : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  ).format(at);
}
