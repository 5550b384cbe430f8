import type { FormWords } from './form.ts';
import type { SlotWords } from './slots.ts';

/** What forms and times say in English; the widget says it in other languages too. */
export const english: FormWords & SlotWords = {
  optional: 'optional',
  sendForm: 'Send answers',
  needed: 'This is needed.',
  wrongEmail: 'Write an address such as maria@example.com.',
  wrongPhone: 'Write a number such as +357 99 123456.',
  wrongNumber: 'Write a number.',
  tooEarly: '{min} at the earliest.',
  tooSmall: 'At least {min}.',
  choose: 'Choose',
  formSent: 'Sent.',
  formClosed: 'This form is closed: you wrote something else.',
  days: 'Days',
  times: 'Times',
  heldFor: '{title} is kept for you for {left}.',
  heldEnds: 'One minute left to confirm the time.',
  heldOver: 'The time is no longer kept for you. Choose one again.',
  chosen: 'Chosen.',
  slotsClosed: 'This offer is closed: you wrote something else.',
};
