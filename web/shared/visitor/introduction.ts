import type { Asked, PreChat } from '../contract.ts';
import { h } from '../dom.ts';

/** What the form says, in the visitor's language. */
export interface IntroductionWords {
  before: string;
  name: string;
  email: string;
  /** Of the first message. */
  field: string;
  optional: string;
  start: string;
  needed: string;
  wrongEmail: string;
}

export type Answers = Partial<Record<keyof PreChat, string>>;

type Input = HTMLInputElement | HTMLTextAreaElement;

interface Question {
  key: keyof PreChat;
  asked: Asked;
  input: Input;
  problem: HTMLElement;
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What the shop wants to know before the chat. Its words are its page's: a browser's own would be in another language. */
export class Introduction {
  readonly element: HTMLFormElement;
  #words: IntroductionWords;
  #fields: HTMLElement;
  #questions: Question[] = [];
  #shown = '';

  constructor(answer: (answers: Answers) => void, words: IntroductionWords) {
    this.#words = words;
    this.#fields = h('div', { className: 'questions' });
    this.element = h(
      'form',
      {
        className: 'introduction',
        noValidate: true,
        hidden: true,
        'aria-label': words.before,
        // The page's own shortcuts are not for what is written here.
        onkeydown: (event: KeyboardEvent) => event.key !== 'Escape' && event.stopPropagation(),
        onsubmit: (event: Event) => {
          event.preventDefault();
          const answers = this.#read();
          if (answers) answer(answers);
        },
      },
      h('p', { className: 'greeting' }, words.before),
      this.#fields,
      h('button', { className: 'button start', type: 'submit' }, words.start),
    );
  }

  /** What is in its fields. */
  get written(): Answers {
    return Object.fromEntries(this.#questions.map(({ key, input }) => [key, input.value]));
  }

  /** @param written What the visitor has begun to write already. */
  show(asked: PreChat | undefined, written: Answers): void {
    this.element.hidden = asked === undefined;
    // Asked the same again, with what was written since.
    if (!asked || JSON.stringify(asked) === this.#shown) return;
    this.#shown = JSON.stringify(asked);
    const { name, email, field } = this.#words;
    this.#questions = [
      ...question('name', asked.name, () => h('input', { autocomplete: 'name', maxLength: 200, value: written.name })),
      ...question('email', asked.email, () => h('input', { type: 'email', autocomplete: 'email', maxLength: 320, value: written.email })),
      ...question('message', asked.message, () => h('textarea', { rows: 3, maxLength: 4000, value: written.message })),
    ];
    const labels = { name, email, message: field };
    this.#fields.replaceChildren(...this.#questions.map((each) => this.#row(each, labels[each.key])));
  }

  focus(): void {
    this.#questions[0]?.input.focus();
  }

  #row({ key, asked, input, problem }: Question, label: string): HTMLElement {
    const id = `assistify-${key}`;
    problem.id = `${id}-problem`;
    input.id = id;
    input.className = 'field';
    input.dir = 'auto';
    input.setAttribute('aria-describedby', problem.id);
    if (asked === 'required') input.setAttribute('aria-required', 'true');
    return h(
      'div',
      { className: 'question' },
      h('label', { htmlFor: id }, label, asked === 'optional' && h('span', { className: 'meta' }, ` (${this.#words.optional})`)),
      input,
      problem,
    );
  }

  /** @returns The answers; undefined where something is missing or wrong, which then says so and has the focus. */
  #read(): Answers | undefined {
    const wrong = this.#questions.filter((each) => {
      const problem = this.#problemOf(each);
      each.problem.textContent = problem;
      each.input.setAttribute('aria-invalid', String(problem !== ''));
      return problem !== '';
    });
    if (wrong[0]) {
      wrong[0].input.focus();
      return undefined;
    }
    return Object.fromEntries(this.#questions.map(({ key, input }) => [key, input.value.trim() || undefined]));
  }

  #problemOf({ key, asked, input }: Question): string {
    const text = input.value.trim();
    if (text === '') return asked === 'required' ? this.#words.needed : '';
    return key === 'email' && !address.test(text) ? this.#words.wrongEmail : '';
  }
}

function question(key: keyof PreChat, asked: Asked | undefined, input: () => Input): Question[] {
  return asked ? [{ key, asked, input: input(), problem: h('p', { className: 'problem' }) }] : [];
}
