import { h } from '../../shared/dom.ts';
import { fill, type Words } from './words.ts';

const scores = [1, 2, 3, 4, 5];

/** Asked once when a conversation is over: how well did it help? */
export class Rating {
  readonly element: HTMLElement;
  #said: HTMLElement;
  #scale: HTMLElement;
  #done = false;

  constructor(rate: (score: number) => Promise<void>, words: Words) {
    this.#said = h('p', { className: 'meta', role: 'status' });
    this.#scale = h(
      'div',
      {},
      h(
        'div',
        { className: 'scores' },
        ...scores.map((score) =>
          h(
            'button',
            {
              className: 'reply',
              type: 'button',
              'aria-label': fill(words.rateOf, { n: score }),
              onclick: () => {
                rate(score).then(
                  () => this.#thank(words),
                  () => (this.#said.textContent = words.notRated),
                );
              },
            },
            String(score),
          ),
        ),
      ),
      h('p', { className: 'scale-ends meta', 'aria-hidden': 'true' }, h('span', {}, words.rateLow), h('span', {}, words.rateHigh)),
    );
    this.element = h('div', { className: 'rating', role: 'group', 'aria-label': words.rate, hidden: true }, h('p', {}, words.rate), this.#scale, this.#said);
  }

  /** @param asked Whether there is something to ask. The thanks stay until there is a next conversation. */
  show(asked: boolean): void {
    if (asked && this.#done) {
      this.#done = false;
      this.#scale.hidden = false;
      this.#said.textContent = '';
    }
    this.element.hidden = !asked && !this.#done;
  }

  #thank(words: Words): void {
    this.#done = true;
    this.#scale.hidden = true;
    this.#said.textContent = words.rated;
    this.element.hidden = false;
  }
}
