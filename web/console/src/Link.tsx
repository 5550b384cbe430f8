import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { addressOf, go } from './route.ts';

/** A link inside the console: a click stays on the page, everything else is a usual link. */
export function Link({
  to,
  query,
  onClick,
  ...rest
}: { to: string[]; query?: URLSearchParams } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const clicked = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to, query);
  };
  return <a {...rest} href={addressOf(to, query)} onClick={clicked} />;
}
