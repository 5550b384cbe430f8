import { load, save } from '../../shared/storage.ts';
import { Store } from './store.ts';

export type Pane = 'list' | 'panel';

/** In pixels, and the share of the window that leaves the conversation its room. */
export const paneLimits: Record<Pane, { least: number; usual: number; most: number; share: number }> = {
  list: { least: 260, usual: 340, most: 560, share: 0.34 },
  panel: { least: 260, usual: 320, most: 560, share: 0.3 },
};

/** As wide as it can be in this window. */
export function mostIn(pane: Pane): number {
  const { most, share } = paneLimits[pane];
  return Math.min(most, Math.round(innerWidth * share));
}

const key = 'assistify.console.panes';

/** How wide the list and the customer panel are, as this device's operator likes them. */
export class Panes extends Store<Record<Pane, number>> {
  #widths = { list: paneLimits.list.usual, panel: paneLimits.panel.usual, ...load<Partial<Record<Pane, number>>>(key) };

  resize(pane: Pane, width: number): void {
    this.#widths = { ...this.#widths, [pane]: Math.round(Math.min(mostIn(pane), Math.max(paneLimits[pane].least, width))) };
    save(key, this.#widths);
    this.show();
  }

  protected look(): Record<Pane, number> {
    return this.#widths;
  }
}

export const panes = new Panes();
