import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connect, HttpServer, Plugin } from 'vite';
import type { Card, Citation, Message } from '../shared/contract.ts';

/*
 * Answers in place of the services while the pages are developed (`npm run dev:chat`, `npm run dev:sandbox`); never part of
 * a build. `?slow`, `?refuse`, `?drop` and `?person` in a message's text try the states that are rare otherwise.
 */

interface Written {
  text: string;
  cards?: Card[];
  citations?: Citation[];
}

const policy =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const picture = (hue: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180"><rect width="240" height="180" fill="hsl(${hue} 30% 92%)"/><path d="M98 40h44l-6 26c26 14 30 74 6 88h-44c-24-14-20-74 6-88z" fill="hsl(${hue} 45% 48%)"/></svg>`,
  )}`;

const vases: Card[] = [
  { kind: 'product', id: '1', title: 'Blue stoneware vase', subtitle: '24 cm, glazed by hand', price: { amount: '39.00', currency: 'EUR' }, imageUrl: picture(215) },
  { kind: 'product', id: '2', title: 'Tall vase of blown glass with a very long name that needs two lines and more', subtitle: 'In stock', price: { amount: '48.50', currency: 'EUR' }, imageUrl: picture(195), url: 'https://shop.example/vase' },
  { kind: 'product', id: '3', title: 'Small bud vase', price: { amount: '18.00', currency: 'EUR' } },
];

const phone = {
  addressForm: 'A telephone number such as +447700900123.', abilities: ['text', 'media', 'button', 'location', 'replyTo'], events: [] as string[],
  longestText: 1600, knownSteps: ['sent', 'delivered', 'read'], hasHandshake: false,
};

function answer(text: string): Written {
  if (/vase/i.test(text)) {
    return { text: 'These blue vases cost less than 50 EUR. The stoneware one is in stock and ships tomorrow.', cards: vases };
  }
  if (/sunday|open/i.test(text)) {
    return {
      text: 'Yes. On Sundays we are open from 11:00 to 16:00 [1]. On other days from 9:00 to 19:00 [1], and the telephone is answered from 10:00 [2].',
      citations: [
        { documentId: 'hours', title: 'Opening hours', quote: 'Monday to Saturday 9:00 to 19:00, Sunday 11:00 to 16:00.' },
        { documentId: 'contact', title: 'Contact', url: 'https://shop.example/contact', quote: 'Our telephone is answered from 10:00.' },
      ],
    };
  }
  if (/cyprus|return/i.test(text)) {
    return {
      text: 'We ship to Cyprus in 4 to 6 working days for 9.90 EUR.\nFrom 100 EUR on, shipping is free.',
      citations: [{ documentId: 'shipping', title: 'Shipping', quote: 'Cyprus: 4 to 6 working days, 9.90 EUR; free from 100 EUR.' }],
    };
  }
  if (/[\u0600-\u06ff]/.test(text)) return { text: 'نعم، نحن نشحن إلى قبرص خلال أربعة إلى ستة أيام عمل.' };
  return { text: 'I do not know that, and I would rather not guess. Shall I ask a person of the shop to answer?' };
}

export function mockServices(): Plugin {
  const conversationId = randomUUID();
  const messages: Message[] = [];
  const accepted = new Map<string, Message>();
  const sockets = new Set<Duplex>();
  const watchers = new Set<ServerResponse>();
  const outbox: Record<string, unknown>[] = [];
  const exchanges: { number: number; channel: string; [name: string]: unknown }[] = [];
  let faults: Record<string, unknown> = {
    seed: 1, duplicateInbound: 0, reorderInbound: 0, delayMs: 0, delayJitterMs: 0, sendStatus429: 0, retryAfterSeconds: 1, send5xx: 0,
    timeoutAfterAccept: 0, timeoutHoldMs: 0, statusDuplicate: 0, statusReorder: 0, statusSteps: ['sent', 'delivered'], statusDelayMs: 0,
    statusErrorCode: 63024, enforceWindow: false, tokenExpired: false,
  };
  let turn: 'assistant' | 'agent' = 'assistant';

  const store = (author: Message['author'], written: Written): Message => {
    const message: Message = {
      id: randomUUID(), conversationId, sequence: messages.length + 1, direction: author.type === 'customer' ? 'inbound' : 'outbound',
      author, createdAt: new Date().toISOString(), delivery: { status: 'delivered' }, ...written,
    };
    messages.push(message);
    push('message', message);
    return message;
  };

  const push = (target: string, ...args: unknown[]) => {
    for (const socket of sockets) socket.write(frame(`${JSON.stringify({ type: 1, target, arguments: args })}\u001e`));
  };

  const tell = (event: string, data: unknown) => {
    for (const watcher of watchers) watcher.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  async function process(request: IncomingMessage, response: ServerResponse) {
    const { text, clientMessageId } = await body<{ text: string; clientMessageId: string }>(request);
    if (text.includes('?refuse')) return json(response, 400, { title: 'Bad request', errors: { text: ['At most 4,000 characters.'] } });
    if (text.includes('?drop') && Math.random() < 0.6) return request.socket.destroy();
    const known = accepted.get(clientMessageId);
    const message = known ?? store({ type: 'customer' }, { text });
    accepted.set(clientMessageId, message);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    send('message.accepted', message);
    if (text.includes('?person') || /person/.test(text)) {
      turn = 'agent';
      push('conversation', { id: conversationId, status: 'open', turn, revision: messages.length });
      setTimeout(() => store({ type: 'agent', name: 'Maria' }, { text: 'Hello, Maria here. I have read what you wrote. How can I help?' }), 1500);
    }
    if (turn === 'agent') {
      send('reply.completed', {});
      return response.end();
    }
    await pause(text.includes('?slow') ? 26_000 : 500);
    const written = answer(text);
    for (const [index, piece] of (written.text.match(/\S+\s*/g) ?? []).entries()) {
      send('reply.delta', { index, text: piece });
      await pause(45);
    }
    send('reply.completed', store({ type: 'assistant' }, written));
    response.end();
  }

  const log = (direction: string, title: string, messageSid: string, content: string, status: number) => {
    const exchange = {
      number: exchanges.length + 1, channel: 'whatsapp', direction, title, messageSid, at: new Date().toISOString(), milliseconds: 12.5, status,
      request: `POST /\nContent-Type: application/json\n\n${content}`, answer: `${status}\n\n{"status":"queued"}`,
    };
    exchanges.push(exchange);
    tell('exchange', exchange);
  };

  async function inbound(request: IncomingMessage, response: ServerResponse) {
    const sent = await body<{ from: string; text?: string; location?: unknown; media?: unknown[]; button?: { text: string } }>(request);
    const { from } = sent;
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    json(response, 200, { messageSid: sid, status: 200, attempts: 1 });
    log('webhook', 'Message of a customer', sid, JSON.stringify({ From: from, Body: sent.text }), 200);
    tell('inbound', { channel: 'whatsapp', sid, from, body: sent.text, status: 200 });
    const written = answer(sent.text ?? sent.button?.text ?? '');
    await pause(900);
    const lines = (written.cards ?? []).map((card) => `• ${card.title}: ${card.price?.amount} ${card.price?.currency}`);
    const item = {
      channel: 'whatsapp', choices: (written.cards ?? []).map((card) => ({ title: card.title.slice(0, 20), payload: card.id, kind: 'reply' })),
      sid: `SM${randomUUID().replaceAll('-', '')}`, to: from, from: 'whatsapp:+441632960001', body: [written.text, ...lines].join('\n'), mediaUrl: [],
      statusCallback: 'http://localhost:8080/api/webhooks/whatsapp/status', status: 'queued', createdAt: new Date().toISOString(), ordinal: outbox.length + 1,
    };
    outbox.push(item);
    log('call', 'POST /2010-04-01/Accounts/AC5d0f/Messages.json', item.sid, JSON.stringify({ To: from, Body: item.body }), 201);
    tell('outbound', item);
    for (const status of ['sent', 'delivered']) {
      await pause(400);
      item.status = status;
      tell('status', { channel: 'whatsapp', sid: item.sid, to: from, status });
    }
  }

  const serve = (server: { httpServer: HttpServer | null; middlewares: Connect.Server }) => {
      connectHub(server.httpServer, sockets);
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://mock');
        const route = `${request.method} ${url.pathname}`;
        if (route === 'POST /api/chat/sessions') {
          json(response, 201, { conversationId, customerId: conversationId, visitorId: conversationId, token: 'mock', expiresAt: '2099-01-01T00:00:00Z' });
        } else if (route === 'GET /api/messages/get_conversation_messages') {
          json(response, 200, { items: messages.filter((message) => message.sequence > Number(url.searchParams.get('after'))) });
        } else if (route === 'POST /api/messages/process_message') {
          void process(request, response);
        } else if (url.pathname.startsWith('/api/conversations/')) {
          json(response, 200, { id: conversationId, status: 'open', turn, revision: messages.length });
        } else if (route === 'GET /sandbox/api/channels') {
          json(response, 200, [
            { ...phone, channel: 'whatsapp', name: 'WhatsApp (Twilio)', address: 'whatsapp:+441632960001', people: [{ name: 'Zoë', address: 'whatsapp:+447700900123' }] },
            { ...phone, channel: 'telegram', name: 'Telegram', address: '7000000001', people: [{ name: 'Zoë', address: '5000000001' }], events: ['blocked'] },
          ]);
        } else if (url.pathname.endsWith('/exchanges')) {
          json(response, 200, { items: exchanges.filter(({ channel }) => url.pathname.includes(`/${channel}/`)) });
        } else if (route === 'GET /sandbox/api/telegram/outbox') {
          json(response, 200, { items: [] });
        } else if (route === 'GET /sandbox/api/whatsapp/outbox') {
          json(response, 200, { items: outbox });
        } else if (route === 'POST /sandbox/api/whatsapp/inbound') {
          void inbound(request, response);
        } else if (/^\/sandbox\/api\/\w+\/faults$/.test(url.pathname)) {
          if (request.method === 'GET') return json(response, 200, faults);
          void body<Record<string, unknown>>(request).then((set) => json(response, 200, (faults = set)));
        } else if (route === 'GET /sandbox/api/events') {
          response.writeHead(200, { 'Content-Type': 'text/event-stream' });
          response.write(': open\n\n');
          watchers.add(response);
          response.on('close', () => watchers.delete(response));
        } else {
          next();
        }
      });
  };

  return {
    name: 'mock-services',
    configureServer: serve,
    configurePreviewServer(server) {
      underPolicy(server.middlewares);
      serve(server);
    },
  };
}

/** The built pages under the policy that the gateway sends. */
export function underPolicy(middlewares: Connect.Server): void {
  middlewares.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', policy);
    next();
  });
}

/** The live connection, as far as the pages need one to be content. */
export function connectHub(server: HttpServer | null, sockets: Set<Duplex>): void {
  server?.on('upgrade', (request, socket: Duplex) => {
    if (!request.url?.startsWith('/hubs/')) return;
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    socket.on('data', (data: Buffer) => {
      for (const text of unframe(data).split('\u001e').filter(Boolean)) {
        const invocation = JSON.parse(text) as { protocol?: string; invocationId?: string };
        if (invocation.protocol) socket.write(frame('{}\u001e'));
        if (invocation.invocationId) {
          socket.write(frame(`${JSON.stringify({ type: 3, invocationId: invocation.invocationId, result: { revision: 0 } })}\u001e`));
          sockets.add(socket);
        }
      }
    });
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => sockets.delete(socket));
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function body<T>(request: IncomingMessage): Promise<T> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text) as T;
}

export function json(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));
}

/** One short text frame of a web socket, unmasked as a server sends it. */
function frame(text: string): Buffer {
  const data = Buffer.from(text);
  const head = data.length < 126 ? Buffer.from([0x81, data.length]) : Buffer.from([0x81, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, data]);
}

/** The text of the frames in one read; a browser masks them. */
function unframe(data: Buffer): string {
  let text = '';
  for (let at = 0; at + 6 <= data.length; ) {
    let length = data[at + 1]! & 127;
    const kind = data[at]! & 15;
    at += 2;
    if (length === 126) {
      length = data.readUInt16BE(at);
      at += 2;
    }
    const mask = data.subarray(at, at + 4);
    const content = Buffer.from(data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    content.forEach((value, index) => (content[index] = value ^ mask[index % 4]!));
    if (kind === 1) text += content.toString();
  }
  return text;
}
