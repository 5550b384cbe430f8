import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../../shared/http.ts';
import { button, fakeService, leave, press, show, text, write } from '../../testing.tsx';
import { Cases } from './Cases.tsx';
import { Proposals } from './Proposals.tsx';
import { Tools } from './Tools.tsx';
import type { HttpTool, ToolProposal } from './tools.ts';

const stock: HttpTool = {
  id: 't', name: 'check_stock', description: 'How many there are.', method: 'GET', url: 'https://api.shop.example/stock/{sku}', approval: 'person', enabled: true, hasAuthorization: true,
  parameters: [{ name: 'sku', type: 'text', description: 'The number of the product.', required: true, allowed: ['A1', 'B2'] }],
};

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

it('shows what a tool does and switches it off with everything it has', async () => {
  const { service, changes } = fakeService(({ path }) => ({ items: path.endsWith('/tools') ? [stock] : [] }));
  await show(<Tools />, { service });
  expect(text()).toContain('GET https://api.shop.example/stock/{sku}');
  expect(text()).toContain('Only looks · with a credential · needs sku');
  await press('Switch off check_stock');
  expect(changes()).toEqual([{ method: 'PUT', path: '/api/v1/ai/tools/t', content: { ...stock, enabled: false } }]);
});

it('adds a tool with its parameters', async () => {
  const { service, changes } = fakeService(() => ({ items: [] }));
  await show(<Tools />, { service });
  expect(text()).toContain('There is none yet.');
  await press('Add a tool');
  await write('name', 'check_stock');
  await write('description', 'How many there are.');
  await write('url', 'https://api.shop.example/stock/{sku}');
  await press('Add a parameter');
  await press('Add a parameter');
  await press('Remove parameter 1');
  await write('name-1', 'sku');
  await write('description-1', 'The number of the product.');
  await write('allowed-1', 'A1, B2');
  await press('Save');
  expect(changes()).toEqual([
    {
      method: 'POST',
      path: '/api/v1/ai/tools',
      content: {
        name: 'check_stock', description: 'How many there are.', method: 'GET', url: 'https://api.shop.example/stock/{sku}', approval: 'automatic', enabled: true,
        parameters: [{ name: 'sku', type: 'text', description: 'The number of the product.', required: true, allowed: ['A1', 'B2'] }],
      },
    },
  ]);
});

it('has proposals decided once, whoever is first', async () => {
  const proposal: ToolProposal = { id: 'p', conversationId: 'c', tool: 'refund', arguments: { order: '1001', amount: 12.5 }, status: 'proposed', createdAt: '2026-11-21T10:00:00Z' };
  let items = [proposal];
  const { service, changes } = fakeService(({ method }) => {
    if (method === 'GET') return { items };
    items = [{ ...proposal, status: 'done', result: 'refunded' }];
    throw new ServiceError(409, {});
  });
  await show(<Proposals />, { service });
  expect(text()).toContain('Order1001Amount12.5');
  await press('Approve Refund');
  expect(changes().map(({ path }) => path)).toEqual(['/api/v1/ai/tool_proposals/p/approve']);
  expect(text()).toContain('Nothing waits for approval.');
  expect(text()).toContain('Done ·');
  expect(text()).toContain('refunded');
  expect(button('Approve Refund')).toBeUndefined();
});

it('lists cases, deletes one, and says how there will be the first', async () => {
  vi.stubGlobal('confirm', () => true);
  let items = [{ id: 'k', name: 'Parcel lost', conversationId: 'c', turns: 2, createdAt: '2026-11-21T10:00:00Z' }];
  const { service, changes } = fakeService(({ method, path }) => {
    if (method === 'DELETE') items = [];
    return path.endsWith('/publishing') ? { suiteRequired: false, forced: [] } : { items };
  });
  await show(<Cases />, { service, session: { may: () => false } });
  expect(text()).toContain('2 answers');
  await press('Delete Parcel lost');
  expect(changes().map(({ path }) => path)).toEqual(['/api/evaluation/cases/k']);
  expect(text()).toContain('There is none yet.');
});

it('lets the owner have changes wait for the suite, and shows what was published all the same', async () => {
  let suiteRequired = false;
  const forced = [{ id: 'f', kind: 'assistant_version', subject: '3', reason: 'The old text was wrong', failed: 1, at: '2026-11-21T10:00:00Z' }];
  const { service, changes } = fakeService(({ method, path, content }) => {
    if (method === 'PUT') suiteRequired = (content as { suiteRequired: boolean }).suiteRequired;
    if (path.endsWith('/publishing')) return { suiteRequired, forced };
    return { items: [{ id: 'k', name: 'Parcel lost', conversationId: 'c', turns: 1, createdAt: '2026-11-21T10:00:00Z' }] };
  });
  await show(<Cases />, { service, session: { may: () => true } });
  expect(text()).toContain('Changes are published without a look at the cases.');
  expect(text()).toContain('The old text was wrong');
  await press('Let changes wait for the cases');
  expect(changes()).toEqual([{ method: 'PUT', path: '/api/evaluation/publishing', content: { suiteRequired: true } }]);
  expect(text()).toContain('Nothing is published that makes a case fail.');
});

it('takes a server’s tools over, and says of each whether a person decides', async () => {
  const look = { name: 'find_parcel', description: 'Where it is.', use: 'look_up' };
  const odd = { name: 'odd', description: '', use: 'person', problem: 'its schema is too long' };
  const server = { id: 's', name: 'post', url: 'https://mcp.post.example/mcp', enabled: true, hasAuthorization: true, tools: [look, { ...look, name: 'send_back', use: 'person' }, odd] };
  const { service, changes } = fakeService(({ path }) => ({ items: path.endsWith('/mcp_servers') ? [server] : [] }));
  await show(<Tools />, { service });
  expect(text()).toContain('Find parcel only looksSend back a person approvesOdd not offered: its schema is too long');
  await press('Switch off post');
  expect(changes().at(-1)).toMatchObject({ method: 'PUT', path: '/api/v1/ai/mcp_servers/s', content: { name: 'post', enabled: false, lookUps: ['find_parcel'], automatic: [] } });

  await press('Edit post');
  await press('Save');
  expect(changes().at(-1)).toMatchObject({ content: { enabled: true, lookUps: ['find_parcel'], automatic: [], authorization: undefined } });
});
