import { useSyncExternalStore } from 'react';

/** Something that changes and says so; what is shown of it is a new object at every change. */
export abstract class Store<View> {
  #listeners = new Set<() => void>();
  #view: View | undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view = (): View => (this.#view ??= this.look());

  protected abstract look(): View;

  protected show(): void {
    this.#view = undefined;
    for (const listener of this.#listeners) listener();
  }
}

export function useStore<View>(store: Store<View>): View {
  return useSyncExternalStore(store.subscribe, store.view);
}
