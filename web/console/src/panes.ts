import { load, save } from '../../shared/storage.ts';
import { Store } from './store.ts';

export type Pane = 'list' | 'panel';

export const paneLimits: Record<Pane, { least: number; usual: number; most: number }> = {
  list: { least: 260, usual: 340, most: 560 },
  panel: { least: 260, usual: 320, most: 560 },
};

const key = 'assistify.console.panes';

/** How wide the list and the customer panel are, as this device's operator likes them. */
export class Panes extends Store<Record<Pane, number>> {
  #widths = { list: paneLimits.list.usual, panel: paneLimits.panel.usual, ...load<Partial<Record<Pane, number>>>(key) };

  resize(pane: Pane, width: number): void {
    const { least, most } = paneLimits[pane];
    this.#widths = { ...this.#widths, [pane]: Math.round(Math.min(most, Math.max(least, width))) };
    save(key, this.#widths);
    this.show();
  }

  protected look(): Record<Pane, number> {
    return this.#widths;
  }
}

export const panes = new Panes();
