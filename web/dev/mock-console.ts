import type { Duplex } from 'node:stream';
import type { Plugin } from 'vite';
import type { Conversation, Customer, Enquiry, Macro, Message, Order, StoredTemplate, TeamOfPeople, User } from '../console/src/contract.ts';
import type { AssistantSettings, AssistantVersion, CanaryView } from '../console/src/settings/assistant/assistant.ts';
import type { HttpTool, ToolProposal } from '../console/src/settings/assistant/tools.ts';
import type { Connection } from '../console/src/settings/Connections.tsx';
import type { KnowledgeDocument, OpenedDocument } from '../console/src/settings/knowledge/documents.ts';
import type { IntentCount, IntentExample, IntentModel } from '../console/src/settings/knowledge/intents.ts';
import type { Product } from '../console/src/settings/Products.tsx';
import type { DryRun, Rule } from '../console/src/settings/rules.ts';
import { behind, figures } from './mock-figures.ts';
import { connectHub, json, underPolicy } from './mock.ts';

/*
 * What the console reads, in the states that are rare otherwise, for looking at its built pages (`npm run look`). It keeps
 * nothing: what is changed is answered and forgotten. `npm run dev:console` works on a running system instead.
 */

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const dayAgo = 24 * 60;

const owner: User = { id: 'owner', email: 'maria@shop.example', name: 'Maria Georgiou', role: 'owner', disabled: false, createdAt: ago(90 * dayAgo) };

const customer: Customer = {
  id: 'zoe', name: 'Zoë Hadjisavva', locale: 'en', identifiers: [{ kind: 'whatsapp', value: '+447700900123' }], conversations: 2, lastActivityAt: ago(20),
  createdAt: ago(40 * dayAgo), blockedAt: ago(15),
  mergedFrom: [{ customerId: '0198c0de-0000-7000-8000-00000000b0b1', name: 'Z. Hadjisavva-Papadopoulou', mergedAt: ago(3 * dayAgo) }],
};

function conversation(id: string, change: Partial<Conversation>, last: Message): Conversation {
  return {
    id, channel: 'whatsapp', status: 'open', turn: 'agent', revision: 3, customer: { id: customer.id, name: customer.name, identifiers: customer.identifiers },
    assignee: { id: owner.id, name: owner.name }, labels: ['delivery'], lastActivityAt: last.createdAt, createdAt: ago(3 * dayAgo),
    lastMessage: { id: last.id, sequence: last.sequence, direction: last.direction, author: { type: last.author.type }, text: last.text, createdAt: last.createdAt },
    ...change,
  };
}

function message(conversationId: string, sequence: number, author: Message['author'], text: string, minutes: number, change: Partial<Message> = {}): Message {
  const inbound = author.type === 'customer';
  return {
    id: `${conversationId}-${sequence}`, conversationId, sequence, direction: inbound ? 'inbound' : 'outbound', author, text, createdAt: ago(minutes),
    delivery: inbound ? undefined : { status: 'read' }, ...change,
  };
}

const zoe = { type: 'customer', name: customer.name } as const;
const maria = { type: 'agent', id: owner.id, name: owner.name } as const;
const photo = (id: string, unavailable: string) => ({ id, kind: 'image', contentType: 'image/jpeg', fileName: `${id}.jpg`, unavailable });

const messages: Record<string, Message[]> = {
  'opted-out': [
    message('opted-out', 1, zoe, 'The parcel came like this.', 30, { attachments: [photo('parcel', 'http_404'), photo('label', 'too_large')] }),
    message('opted-out', 2, maria, 'I am sorry. A new one leaves today.', 25),
    message('opted-out', 3, zoe, 'STOP', 20),
    message('opted-out', 4, { type: 'system' }, 'You will get no more messages from us here. Write START to get them again.', 20),
  ],
  late: [message('late', 1, zoe, 'A person, please.', 22)],
  'window-over': [
    message('window-over', 1, zoe, 'Is my order on its way? Number 1001.', 3 * dayAgo),
    message('window-over', 2, maria, 'I ask the carrier and tell you.', 2 * dayAgo),
  ],
};

const conversations = [
  conversation('opted-out', { optedOutAt: ago(20), windowExpiresAt: ago(20 - dayAgo) }, messages['opted-out']![3]!),
  conversation(
    'late',
    { status: 'pending', assignee: undefined, team: { id: 'support', name: 'Support' }, clock: { response: 'first', waitingSince: ago(22), responseDueAt: ago(7), resolutionDueAt: ago(-400) } },
    messages.late![0]!,
  ),
  conversation('window-over', { windowExpiresAt: ago(2 * dayAgo) }, messages['window-over']![1]!),
  conversation('long', {}, message('long', 5_000, maria, 'The last of many', 10)),
];

const templates: StoredTemplate[] = [
  { id: 'update', channel: 'whatsapp', name: 'order_update', language: 'en', text: 'Your order {{1}} comes on {{2}}.', category: 'utility' },
  { id: 'again', channel: 'whatsapp', connectionId: 'whatsapp', name: 'write_again', language: 'ar', text: 'مرحبا {{1}}، هل ما زلت تحتاج إلى مساعدة؟', category: 'marketing' },
];

const long = Array.from({ length: 5_000 }, (_, index) =>
  message('long', index + 1, index % 2 ? maria : zoe, `Message ${index + 1}${' of many years ago, when there was much to say'.repeat(index % 7)}`, (5_000 - index) * 10));

function longPage(before: number, limit: number) {
  const older = long.slice(Math.max(0, Math.min(before - 1, long.length) - limit), Math.min(before - 1, long.length));
  return { items: older, next: older[0] && older[0].sequence > 1 ? older[0].sequence : undefined };
}

const connections: Connection[] = [
  {
    id: 'whatsapp', provider: 'Twilio', channel: 'whatsapp', account: 'whatsapp:+441632960001', name: 'Shop on WhatsApp', source: 'api', signatureMode: 'enforce',
    webhookUrl: 'https://shop.example/api/webhooks/whatsapp/5d0f5d0f-0000-4000-8000-000000000001',
    health: {
      lastInboundAt: ago(500), sent: 40, failed: 12, silent: true,
      alarms: [{ kind: 'credentials', detail: 'Authenticate', since: ago(130) }, { kind: 'silent', detail: ago(500), since: ago(90) }],
    },
  },
  {
    id: 'instagram', provider: 'Instagram', channel: 'instagram', account: '17841400000000000', source: 'configuration', signatureMode: 'enforce',
    webhookUrl: 'https://shop.example/api/webhooks/instagram/5d0f5d0f-0000-4000-8000-000000000002',
    health: { lastInboundAt: ago(4), sent: 9, failed: 0, silent: false, alarms: [{ kind: 'credentials_expire', detail: ago(-5 * dayAgo), since: ago(60) }] },
  },
  {
    id: 'telegram', provider: 'Telegram', channel: 'telegram', account: '7000000001', source: 'api', signatureMode: 'enforce',
    webhookUrl: 'https://shop.example/api/webhooks/telegram/5d0f5d0f-0000-4000-8000-000000000003',
    health: { lastInboundAt: ago(2), sent: 31, failed: 0, silent: false, alarms: [] },
  },
];

const entries = [
  { id: 'hours', slug: 'hours', language: 'en', title: 'Opening hours', body: 'Monday to Saturday 9:00 to 19:00, Sunday 11:00 to 16:00.', topics: [], keywords: 'open', updatedAt: ago(dayAgo) },
  { id: 'shipping', slug: 'shipping', language: 'ar', title: 'الشحن', body: 'نشحن إلى قبرص خلال أربعة إلى ستة أيام عمل.', topics: [], keywords: '', updatedAt: ago(90) },
];

const documents: KnowledgeDocument[] = [
  { id: 'terms', title: 'Terms of delivery', language: 'en', format: 'html', fileName: 'terms.html', version: 2, latestVersion: 3, characters: 5210, parts: 14, createdAt: ago(30 * dayAgo), updatedAt: ago(50) },
  { id: 'prices', title: 'Prices of engraving and of everything else that is made by hand in the workshop', language: 'el', format: 'csv', fileName: 'a-very-long-name-of-a-file-that-somebody-exported-in-2026.csv', version: 1, latestVersion: 1, characters: 1200, parts: 1, createdAt: ago(3), updatedAt: ago(3) },
];

const opened: OpenedDocument = {
  document: documents[0]!,
  text: `Terms of delivery\n\n${'Parcels leave the shop on the day of the order when it is placed before 14:00.\n\n'.repeat(12)}`,
  versions: [3, 2, 1].map((version) => ({ version, title: 'Terms of delivery', fileName: 'terms.html', characters: 5000 + version * 70, createdAt: ago((4 - version) * dayAgo) })),
};

const suggestions = [
  { id: 'parking', question: 'Is there parking at the shop?', language: 'en', count: 7, questions: ['Is there parking at the shop?', 'where can i park', 'Do you have a car park?'], firstAskedAt: ago(9 * dayAgo), lastAskedAt: ago(40) },
  { id: 'wrap', question: 'Können Sie die Vase als Geschenk einpacken?', language: 'de', count: 1, questions: ['Können Sie die Vase als Geschenk einpacken?'], firstAskedAt: ago(dayAgo), lastAskedAt: ago(dayAgo) },
];

const intents: IntentCount[] = [
  { intent: 'opening_hours', starter: 42, approved: 3, proposed: 0 },
  { intent: 'order_status', starter: 60, approved: 11, proposed: 1 },
  { intent: 'gift_wrapping', starter: 0, approved: 6, proposed: 1 },
];

const examples: IntentExample[] = [
  { id: 'e1', intent: 'order_status', text: 'still nothing in the mailbox', status: 'proposed', predicted: 'opening_hours', createdAt: ago(30) },
  { id: 'e2', intent: 'gift_wrapping', text: 'it is for my mother’s birthday, can you make it nice', status: 'proposed', createdAt: ago(300) },
];

const scores = { examples: 412, accuracy: 0.934, macroF1: 0.921, inScopeAccuracy: 0.918, outsideRecall: 0.87 };
const models: IntentModel[] = [
  { version: 4, status: 'training', active: false, examples: 20, createdAt: ago(1) },
  { version: 3, status: 'ready', active: false, examples: 17, scores, comparedWith: 2, comparedScores: { ...scores, macroF1: 0.927, inScopeAccuracy: 0.894, outsideRecall: 0.87 }, createdAt: ago(90), trainedAt: ago(88) },
  { version: 2, status: 'ready', active: true, examples: 9, scores: { ...scores, inScopeAccuracy: 0.897 }, comparedWith: 0, comparedScores: { ...scores, inScopeAccuracy: 0.861 }, createdAt: ago(3 * dayAgo), trainedAt: ago(3 * dayAgo) },
  { version: 1, status: 'failed', active: false, examples: 0, createdAt: ago(4 * dayAgo) },
];

const assistantSettings: AssistantSettings = {
  instructions: 'You are the assistant of a shop for vases.\nBe brief. Offer to look at a picture where a colour is asked for.',
  longestAnswer: 600, strictTopics: ['return_policy', 'warranty'], handOverTopics: ['complaint'],
};

const versions: AssistantVersion[] = [
  { version: 3, active: false, settings: { ...assistantSettings, longestAnswer: 400 }, note: 'Shorter answers', createdAt: ago(200) },
  { version: 2, active: true, settings: assistantSettings, note: 'Complaints go to people', createdAt: ago(3 * dayAgo) },
];

const canary: CanaryView = {
  canary: { id: 'k', version: 3, activeVersion: 2, percent: 20, status: 'running', startedAt: ago(180) },
  figures: { conversations: 48, refused: 2, fellBack: 0, handedOver: 9, unhappy: 3 },
  activeFigures: { conversations: 191, refused: 7, fellBack: 1, handedOver: 41, unhappy: 12 },
};

const tools: HttpTool[] = [
  {
    id: 'stock', name: 'check_stock', description: 'How many of a product are in the shop, and when more come.', method: 'GET', url: 'https://api.shop.example/stock/{sku}',
    parameters: [{ name: 'sku', type: 'text', description: 'The number of the product.', required: true }], approval: 'automatic', enabled: true, hasAuthorization: true,
  },
  {
    id: 'refund', name: 'refund_order', description: 'Gives the money of an order back.', method: 'POST', url: 'https://api.shop.example/a/very/long/address/of/a/system/that/somebody/else/built/orders/{order}/refunds',
    parameters: [{ name: 'order', type: 'text', description: 'The number of the order.', required: true }, { name: 'amount', type: 'amount', description: 'What to give back.', required: true }],
    approval: 'person', enabled: false, hasAuthorization: false,
  },
];

const proposals: ToolProposal[] = [
  { id: 'p2', conversationId: 'late', tool: 'refund_order', arguments: { order: '1001', amount: '12.50' }, status: 'proposed', createdAt: ago(5) },
  { id: 'p1', conversationId: 'opted-out', tool: 'refund_order', arguments: { order: '990', amount: '39.00' }, status: 'failed', result: '503 Service Unavailable', createdAt: ago(500) },
];

const cases = [
  { id: 'lost', name: 'Parcel lost on its way', conversationId: 'window-over', turns: 3, createdAt: ago(90) },
  { id: 'c2', name: 'conversation-0198c0de', conversationId: 'late', turns: 1, createdAt: ago(2 * dayAgo) },
];

const settings = {
  workspaceKey: 'demo', name: 'Demo shop', timeZone: 'Europe/Nicosia', locale: 'en', tone: 'friendly', reopenClosed: false, allowedOrigins: [],
  holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: true, times: [] }, { date: '2026-12-31', name: 'Inventory', yearly: false, times: [{ from: '09:00', to: '12:00' }] }],
  preChat: { name: 'required', email: 'optional' },
  targets: { firstResponseMinutes: 15, nextResponseMinutes: 30, resolutionMinutes: 480, businessHoursOnly: true },
};

const mara: User = { ...owner, id: 'mara', name: 'Mara Petrou', email: 'mara@shop.example', role: 'agent' };

const teams: TeamOfPeople[] = [
  {
    id: 'support', name: 'Support', channels: [], takesHandOvers: true, capacity: 5,
    members: [{ id: owner.id, name: owner.name, away: false, working: 4 }, { id: 'mara', name: 'Mara Petrou', away: true, working: 1 }],
  },
  { id: 'returns', name: 'Returns', channels: ['whatsapp', 'web'], takesHandOvers: false, capacity: 3, members: [] },
];

const macros: Macro[] = [
  { id: 'refund', name: 'Refund sent', text: 'It is on its way, {{customer.firstName|there}}.', private: false, labels: ['refund'], assignToMe: true, closes: true },
  { id: 'returns', name: 'To returns', private: false, labels: ['returns'], assignToMe: false, teamId: 'returns', closes: false },
];

const rules: Rule[] = [
  { id: 'refunds', name: 'Refunds', enabled: true, when: 'customer_message', if: { words: ['refund', 'money back'] }, then: { labels: ['refund'], teamId: 'returns', assigneeId: 'mara', reply: 'Thank you, {{customer.firstName|there}}. A person looks at it today.', handsOver: true, closes: false } },
  { id: 'spam', name: 'Spam', enabled: false, when: 'customer_message', if: { channels: ['web'], words: ['casino'] }, then: { closes: true } },
];

const dryRun: DryRun = {
  looked: 214, matched: 2,
  items: [
    { conversationId: 'window-over', channel: 'whatsapp', customerName: customer.name, text: 'I want a refund, please.', at: ago(90) },
    { conversationId: 'opted-out', channel: 'web', text: 'Can I have my money back?', at: ago(200) },
  ],
};

/** A picture of nothing, in the place of a supplier's. */
const square = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#4a7a9c"/></svg>')}`;

const enquiries: Enquiry[] = [
  { id: 'e2', subject: 'Green vase with two handles', askedAt: ago(12), supplier: conversations[0]!, customer: conversations[0]!, byAssistant: true, pictures: [] },
  { id: 'e1', subject: 'Blue vase', askedAt: ago(300), supplier: conversations[0]!, customer: conversations[0]!, byAssistant: false, pictures: [{ messageId: 'p1', imageUrl: square, at: ago(200) }, { messageId: 'p2', imageUrl: square, at: ago(190) }] },
];

const products: Product[] = [
  {
    id: 'vase', slug: 'aegean-blue-vase', title: 'Aegean blue vase', description: 'A slim stoneware vase with a blue glaze, 24 cm high, made by hand.', price: { amount: '39.00', currency: 'EUR' }, stock: 14,
    category: 'vase', tags: ['gift'], colours: ['blue'], imageUrl: 'https://shop.example/vase.jpg', supplierId: 'zoe', updatedAt: ago(50),
  },
  {
    id: 'lamp', slug: 'lamp', title: 'مصباح من السيراميك', description: 'مصباح طاولة مصنوع يدويًا.', price: { amount: '1240.00', currency: 'EUR' }, stock: 0, category: 'lamp', tags: [], colours: [],
    updatedAt: ago(3 * dayAgo),
  },
];

const orders: Order[] = [
  {
    id: '1', name: '#1001', createdAt: ago(3 * dayAgo), total: { amount: '87.50', currency: 'EUR' }, financialStatus: 'PAID', fulfilmentStatus: 'partial', url: 'https://shop.example/orders/1',
    lines: [{ title: 'Aegean blue vase', quantity: 2 }, { title: 'A card with a very long dedication that somebody wrote for his grandmother', quantity: 1 }],
  },
  { id: '2', name: '#0990', createdAt: ago(40 * dayAgo), total: { amount: '12.00', currency: 'EUR' }, cancelledAt: ago(39 * dayAgo), lines: [{ title: 'Small bud vase', quantity: 1 }] },
];

const caseRun = (id: string, met: boolean) => ({
  id, name: cases.find((each) => each.id === id)?.name, met,
  turns: [{ said: ['Where is my parcel?'], text: 'It left us on Monday. The carrier delivers within three days.', failures: met ? [] : ['does not contain “39”'] }],
});

const items = (list: readonly unknown[]) => ({ items: list });

function read(url: URL): unknown {
  const path = url.pathname;
  const conversationId = /^\/api\/conversations\/(opted-out|window-over|late|long)$/.exec(path)?.[1];
  if (conversationId) return conversations.find(({ id }) => id === conversationId);
  if (path === '/api/analytics/behind') return behind;
  if (path.startsWith('/api/analytics/')) return figures(url);
  switch (path) {
    case '/api/conversations/late/enquiries':
      return items(enquiries);
    case '/api/conversations/list':
      return items(url.searchParams.has('supplier') ? conversations.filter(({ id }) => id !== 'late') : conversations);
    case '/api/messages/get_conversation_messages':
      if (url.searchParams.get('conversationId') === 'long') return longPage(Number(url.searchParams.get('before')), Number(url.searchParams.get('limit')));
      return items(messages[url.searchParams.get('conversationId') ?? ''] ?? []);
    case `/api/customers/${customer.id}`:
      return customer;
    case `/api/customers/${customer.id}/orders`:
      return items(orders);
    case '/api/products':
      return items(products);
    case '/api/products/vase/history':
      return items([{ version: 2, product: products[0] }, { version: 1, replacedAt: ago(50), product: { ...products[0]!, price: { amount: '35.00', currency: 'EUR' }, updatedAt: ago(9 * dayAgo) } }]);
    case '/api/suppliers':
      return items([{ id: 'zoe', name: customer.name }]);
    case '/api/connections':
      return items(connections);
    case '/api/knowledge':
      return items(entries);
    case '/api/knowledge/documents':
      return items(documents);
    case '/api/knowledge/documents/terms':
      return opened;
    case '/api/knowledge/suggestions':
      return items(suggestions);
    case '/api/knowledge/intents':
      return { activeVersion: 2, items: intents };
    case '/api/knowledge/intents/examples':
      return items(url.searchParams.get('status') === 'proposed' ? examples : []);
    case '/api/knowledge/intents/models':
      return { activeVersion: 2, items: models };
    case '/api/assistant/versions':
      return { activeVersion: 2, items: versions };
    case '/api/assistant/versions/2/compare':
      return { changes: [{ setting: 'longestAnswer', removed: ['600'], added: ['400'] }, { setting: 'instructions', removed: [], added: ['Be brief.'] }] };
    case '/api/assistant/canary':
      return canary;
    case '/api/v1/ai/tools':
      return items(tools);
    case '/api/v1/ai/mcp_servers':
      return items([{
        id: 'post', name: 'post_office', url: 'https://mcp.post.example/mcp', enabled: true, hasAuthorization: true,
        tools: [{ name: 'find_parcel', description: 'Where a parcel is.', use: 'look_up' }, { name: 'send_back', description: 'Sends it back.', use: 'person' }, { name: 'odd', description: '', use: 'person', problem: 'its schema is too long' }],
      }]);
    case '/api/v1/ai/tool_proposals':
      return items(proposals);
    case '/api/evaluation/publishing':
      return { suiteRequired: true, forced: [{ id: 'f', kind: 'assistant_version', subject: '2', reason: 'The old price was wrong', at: ago(300) }] };
    case '/api/evaluation/cases':
      return items(cases);
    case '/api/operations':
      return {
        queues: [
          { queue: 'chat-partition', waiting: 14, consumers: 16, quarantined: 0, failed: 0 },
          { queue: 'ai-reply-requested', waiting: 3, consumers: 2, quarantined: 1, failed: 2 },
          { queue: 'channel-deliver-message', waiting: 1204, consumers: 0, quarantined: 0, failed: 0 },
        ],
        dashboardUrl: 'http://localhost:18888',
      };
    case '/api/settings':
      return settings;
    case '/api/users':
      return items([owner, mara]);
    case '/api/teams':
      return items(teams);
    case '/api/rules':
      return items(rules);
    case '/api/templates':
      return items(templates);
    case '/api/macros':
      return items(macros);
    case '/api/notifications':
      return { items: [], unread: 0 };
    case '/health/comprehensive':
      return { status: 'healthy', dependencies: [{ name: 'chat', status: 'healthy', latencyMs: 2, instances: 1, answering: 1 }] };
    default:
      return items([]);
  }
}

export function mockConsole(): Plugin {
  return {
    name: 'mock-console',
    configurePreviewServer({ httpServer, middlewares }) {
      underPolicy(middlewares);
      connectHub(httpServer, new Set<Duplex>());
      middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://mock');
        if (url.pathname === '/api/auth/refresh') json(response, 200, { accessToken: 'mock', expiresAt: ago(-600), user: owner });
        else if (!/^\/(api|health)\//.test(url.pathname)) next();
        else if (request.method === 'GET') json(response, 200, read(url));
        else if (url.pathname === '/api/rules/dry_run') json(response, 200, dryRun);
        else if (url.pathname.endsWith('/run')) json(response, 200, caseRun(url.pathname.split('/').at(-2)!, url.pathname.includes('c2')));
        else response.writeHead(204).end();
      });
    },
  };
}
