import { afterEach, expect, it, vi } from 'vitest';
import { fakeService, leave, press, show, text, write } from '../testing.tsx';
import { Macros } from './Macros.tsx';
import { Rules } from './Rules.tsx';
import type { Rule } from './rules.ts';

const angry: Rule = {
  id: 'r', name: 'Angry', enabled: true, when: 'customer_message', if: { words: ['lawyer'] },
  then: { labels: ['angry'], teamId: 't', assigneeId: 'p', reply: 'A person looks at it.', handsOver: true, closes: false },
};
const team = { people: async () => [{ id: 'p', name: 'Mara' }] };

function serviceOf(items: object[]) {
  return fakeService(({ path }) => ({ items: path === '/api/teams' ? [{ id: 't', name: 'Returns' }] : items }));
}

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('says what a rule does and keeps all of it when only its name is changed', async () => {
  const { service, changes } = serviceOf([angry]);
  await show(<Rules />, { service, team });
  expect(text()).toContain('label angry, give to Returns, give to Mara, reply “A person looks at it.”, hand over to people.');
  await press('Edit Angry');
  await write('name', 'Very angry');
  await press('Save');
  expect(changes()).toEqual([
    { method: 'PUT', path: '/api/rules/r', content: { name: 'Very angry', enabled: true, when: 'customer_message', if: { channels: undefined, words: ['lawyer'], label: undefined }, then: { ...angry.then, note: undefined } } },
  ]);
});

it('switches a rule off with everything it has, and deletes it', async () => {
  vi.stubGlobal('confirm', () => true);
  const { service, changes } = serviceOf([angry]);
  await show(<Rules />, { service, team });
  await press('Switch off Angry');
  await press('Delete Angry');
  expect(changes()).toEqual([
    { method: 'PUT', path: '/api/rules/r', content: { ...angry, enabled: false } },
    { method: 'DELETE', path: '/api/rules/r', content: undefined },
  ]);
});

it('lets those who do not write macros read them', async () => {
  const { service } = serviceOf([{ id: 'm', name: 'Refund sent', text: 'It is on its way.', private: false, labels: ['refund'], assignToMe: false, closes: true }]);
  await show(<Macros />, { service, session: { may: () => false } });
  expect(text()).toContain('It is on its way.');
  expect(document.querySelector('button')).toBeNull();
});
