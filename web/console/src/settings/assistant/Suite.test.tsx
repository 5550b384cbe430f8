import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { button, fakeService, leave, press, show, text } from '../../testing.tsx';
import { Suite, type CaseRun } from './Suite.tsx';

const cases = [{ id: '1', name: 'Shipping' }, { id: '2', name: 'Parcel lost' }, { id: '3', name: 'Deleted' }];
const met: CaseRun = { id: '1', name: 'Shipping', met: true, turns: [{ said: ['Do you ship?'], text: 'Yes.', failures: [] }] };
const missed: CaseRun = { id: '2', name: 'Parcel lost', met: false, turns: [{ said: ['Where is it?'], text: 'On its way.', failures: ['does not contain “39”'] }] };

afterEach(leave);

it('runs case after case, says how many come out as they must, and what others miss', async () => {
  const { service, changes } = fakeService(({ path }) => {
    if (path.includes('/3/')) throw new ServiceError(404, {});
    return path.includes('/1/') ? met : missed;
  });
  await show(<Suite cases={cases} />, { service });
  await press('Run the suite');
  expect(changes().map(({ path }) => path)).toEqual(['1', '2', '3'].map((id) => `/api/evaluation/cases/${id}/run`));
  expect(text()).toContain('1 of 2 cases does not come out as it must.');
  expect(text()).toContain('Parcel lost not as it must');
  expect(text()).toContain('does not contain “39”');
});

it('shows how far it is, and stops when that is wanted', async () => {
  let answer = (_: CaseRun) => {};
  const { service, changes } = fakeService(() => new Promise<CaseRun>((resolve) => (answer = resolve)));
  await show(<Suite cases={cases} />, { service });
  await press('Run the suite');
  expect(text()).toContain('0 of 3');
  await press('Stop');
  await act(async () => answer(met));
  expect(changes()).toHaveLength(1);
  expect(text()).toContain('The case comes out as it must.');
  expect(button('Run the suite')).toBeDefined();
});

it('says why it cannot go on', async () => {
  const { service } = fakeService(() => {
    throw new ServiceError(503, {});
  });
  await show(<Suite cases={cases} />, { service });
  await press('Run the suite');
  expect(text()).toContain('The service is busy or restarting.');
});
