import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { button, fakeService, leave, press, show, text, write, type Call } from '../../testing.tsx';
import type { AssistantVersion, CanaryView } from './assistant.ts';
import { Versions } from './Versions.tsx';

const settings = { instructions: 'Be brief.', longestAnswer: 600, strictTopics: ['return_policy'], handOverTopics: ['complaint'] };
const second: AssistantVersion = { version: 2, active: false, settings, note: 'Shorter answers', createdAt: '2026-11-21T10:00:00Z' };
const first: AssistantVersion = { version: 1, active: true, settings: { ...settings, instructions: '' }, createdAt: '2026-11-20T10:00:00Z' };
const figures = { conversations: 40, refused: 2, fellBack: 0, handedOver: 10, unhappy: 1 };
const running: CanaryView = {
  canary: { id: 'k', version: 2, activeVersion: 1, percent: 20, status: 'running', startedAt: '2026-11-21T11:00:00Z' },
  figures,
  activeFigures: { ...figures, conversations: 160, handedOver: 16 },
};

function serviceOf(canary: () => CanaryView | undefined, change: (call: Call) => unknown = () => undefined) {
  let active = 1;
  return fakeService((call) => {
    if (call.method !== 'GET') {
      const used = /versions\/(\d+)\/activate/.exec(call.path);
      if (used) active = Number(used[1]);
      return change(call);
    }
    if (call.path.endsWith('/compare')) return { changes: [{ setting: 'instructions', removed: ['Be kind.'], added: ['Be brief.'] }] };
    if (call.path.endsWith('/canary')) return canary();
    return { activeVersion: active, items: [second, first].map((version) => ({ ...version, active: version.version === active })) };
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('shows what each version says, what it would change, and uses the one that is chosen', async () => {
  const { service, changes } = serviceOf(() => undefined);
  await show(<Versions />, { service });
  expect(text()).toContain('The assistant works by version 1.');
  expect(text()).toContain('Answers of at most 600 characters; only in the words of the knowledge: Return policy; to people at once: Complaint');
  expect(button('Use version 1')).toBeUndefined();

  await press('Compare version 2 with the one in use');
  expect(document.querySelector('dialog')!.textContent).toContain('New in version 2+ Be brief.');
  await press('Use version 2');
  expect(changes().map(({ path }) => path)).toEqual(['/api/assistant/versions/2/activate']);
  expect(text()).toContain('The assistant works by version 2.');
});

it('makes a version that begins with another one', async () => {
  const { service, changes } = serviceOf(() => undefined);
  await show(<Versions />, { service });
  await press('Change version 2 into a new version');
  await write('instructions', 'Be brief and kind.');
  await write('handOverTopics', 'Complaint, Order problem');
  await press('Make the version');
  expect(changes()).toEqual([
    {
      method: 'POST',
      path: '/api/assistant/versions',
      content: {
        settings: { instructions: 'Be brief and kind.', longestAnswer: 600, strictTopics: ['return_policy'], handOverTopics: ['complaint', 'order_problem'] },
        note: undefined,
      },
    },
  ]);
});

it('tries a version on some conversations, shows both figures, and stops', async () => {
  let canary: CanaryView | undefined;
  const { service, changes } = serviceOf(
    () => canary,
    ({ path }) => {
      canary = path.endsWith('/stop') ? { ...running, canary: { ...running.canary, status: 'ended', reason: 'stopped by hand', endedAt: '2026-11-21T12:00:00Z' } } : running;
    },
  );
  await show(<Versions />, { service });
  expect(text()).not.toContain('trial');
  await press('Try version 2 on some conversations');
  await write('percent', '20');
  await press('Start the trial');
  expect(changes()[0]).toMatchObject({ path: '/api/assistant/versions/2/canary', content: { percent: 20 } });
  expect(text()).toContain('Version 2 is being tried');
  expect(text()).toContain('Went to people10 (25 %)16 (10 %)');

  await press('Stop the trial');
  expect(text()).toContain('The last trial');
  expect(text()).toContain('stopped by hand');
  expect(button('Stop the trial')).toBeUndefined();
});

it('says that there is nothing to go back to, and why a version is refused', async () => {
  const { service } = serviceOf(
    () => undefined,
    ({ path }) => {
      throw new ServiceError(409, path.endsWith('/roll_back') ? {} : { detail: 'Three cases come out otherwise.' });
    },
  );
  await show(<Versions />, { service });
  await press('Back to the one before');
  expect(text()).toContain('There is no other version to go back to.');
  await press('Use version 2');
  expect(text()).toContain('Three cases come out otherwise.');
});

it('says which cases refuse a version, and lets the owner use it with a reason', async () => {
  const { service, changes } = serviceOf(
    () => undefined,
    ({ path }) => {
      if (path.includes('force=')) return undefined;
      const problem = { detail: 'Of 4 cases of the suite, 1 would not come out as they must.', cases: [{ caseId: 'k', name: 'Parcel lost', turn: 2, failures: ['does not contain “39”'] }] };
      throw new ServiceError(409, problem);
    },
  );
  await show(<Versions />, { service, session: { may: () => true } });
  await press('Use version 2');
  expect(text()).toContain('1 would not come out as they must');
  expect(text()).toContain('Parcel lost, answer 2: does not contain “39”');
  await write('reason', 'The price is new');
  await press('Publish it all the same');
  expect(changes().at(-1)!.path).toBe('/api/assistant/versions/2/activate?force=The%20price%20is%20new');
});
