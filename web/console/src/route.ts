import { useSyncExternalStore } from 'react';

const root = '/console';
const listeners = new Set<() => void>();
let current = read();

export interface Route {
  /** Such as `['inbox', id]`. */
  path: string[];
  query: URLSearchParams;
}

function read(): Route {
  const path = location.pathname.slice(root.length).split('/').filter(Boolean);
  return { path: path.length > 0 ? path : ['inbox'], query: new URLSearchParams(location.search) };
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

addEventListener('popstate', changed);

export function useRoute(): Route {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

export function addressOf(path: string[], query?: URLSearchParams): string {
  const text = query?.toString();
  return `${root}/${path.join('/')}${text ? `?${text}` : ''}`;
}

export function go(path: string[], query?: URLSearchParams, replace = false): void {
  const address = addressOf(path, query);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed();
}

/** The same page with another filter, sorted into the address so that it can be sent to a colleague. */
export function goQuery(change: Record<string, string | undefined>, replace = false): void {
  const query = new URLSearchParams(current.query);
  for (const [name, value] of Object.entries(change)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  go(current.path, query, replace);
}
