import { afterEach, expect, it } from 'vitest';
import type { PreChat } from '../contract.ts';
import { Introduction, type Answers } from './introduction.ts';
import { wordsFor } from '../../widget/src/words.ts';

afterEach(() => document.body.replaceChildren());

function ask(asked: PreChat, written: Answers = {}) {
  const given: Answers[] = [];
  const form = new Introduction((answers) => given.push(answers), wordsFor(['en']).words);
  document.body.append(form.element);
  form.show(asked, written);
  const input = (key: string) => form.element.querySelector<HTMLInputElement>(`#assistify-${key}`)!;
  return { form, given, input, submit: () => form.element.dispatchEvent(new Event('submit', { cancelable: true })) };
}

it('asks what the shop wants to know and nothing else', () => {
  const { form } = ask({ name: 'required', message: 'optional' });
  expect(form.element.hidden).toBe(false);
  expect([...form.element.querySelectorAll('label')].map((label) => label.textContent)).toEqual(['Your name', 'Your message (optional)']);
  form.show(undefined, {});
  expect(form.element.hidden).toBe(true);
});

it('says what is missing or no address, and goes there', () => {
  const { given, input, submit } = ask({ name: 'required', email: 'optional' });
  input('email').value = 'maria at home';
  submit();
  expect(given).toEqual([]);
  expect(document.querySelector('#assistify-name-problem')?.textContent).toBe('This is needed.');
  expect(document.querySelector('#assistify-email-problem')?.textContent).toContain('maria@example.com');
  expect(document.activeElement).toBe(input('name'));

  input('name').value = ' Maria ';
  input('email').value = '';
  submit();
  expect(given).toEqual([{ name: 'Maria', email: undefined }]);
  expect(input('name').getAttribute('aria-invalid')).toBe('false');
});

it('keeps what was being written, and what is in the fields when it is shown again', () => {
  const asked: PreChat = { email: 'required', message: 'required' };
  const { form, input } = ask(asked, { message: 'Do you ship' });
  expect(input('message').value).toBe('Do you ship');
  input('email').value = 'a@b.example';
  form.show({ ...asked }, {});
  expect(input('email').value).toBe('a@b.example');
  expect(form.written).toEqual({ email: 'a@b.example', message: 'Do you ship' });
});
