import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message, PreChat } from '../contract.ts';
import { Chat } from './chat.ts';
import { visitor } from './service.ts';

vi.mock('./hub.ts', () => ({
  Hub: class {
    follow() {
      return Promise.resolve();
    }
    hurry() {}
  },
}));

interface Posted {
  text: string;
  clientMessageId: string;
  context?: unknown;
}

/** The service as far as the page sees it: one message for each client id, answered when it is told to. */
class Service {
  stored: Message[] = [];
  turn = 'assistant';
  customer = 'k';
  preChat: (init: RequestInit) => PreChat | undefined = () => undefined;
  posted: Posted[] = [];
  /** How far who has read. */
  marks: { sequence: number }[] = [];
  readByPeople: number | undefined;
  marking: () => Response = () => new Response(null, { status: 204 });
  answers: ((posted: Posted) => Promise<Response> | Response)[] = [];
  #byClient = new Map<string, Message>();

  fetch = async (path: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(path), 'http://shop');
    if (url.pathname === '/api/chat/sessions') {
      return json(201, { conversationId: 'c', customerId: this.customer, visitorId: 'v', token: 't', expiresAt: '2099-01-01T00:00:00Z', preChat: this.preChat(init!) });
    }
    if (url.pathname === '/api/messages/get_conversation_messages') {
      if (this.customer === 'erased') return json(404, { title: 'Not found' });
      const after = Number(url.searchParams.get('after'));
      return json(200, { items: this.stored.filter((message) => message.sequence > after) });
    }
    if (url.pathname === '/api/messages/process_message') {
      const posted = JSON.parse(init!.body as string) as Posted;
      this.posted.push(posted);
      const answer = this.answers.shift();
      return answer ? answer(posted) : this.stream(this.accepted(posted));
    }
    if (url.pathname === '/api/conversations/c/read') {
      this.marks.push(JSON.parse(init!.body as string) as { sequence: number });
      return this.marking();
    }
    return json(200, { id: 'c', status: 'open', turn: this.turn, revision: 1, readByPeople: this.readByPeople });
  };

  store(text: string, author: Message['author']['type']): Message {
    const message: Message = {
      id: `m${this.stored.length + 1}`,
      conversationId: 'c',
      sequence: this.stored.length + 1,
      direction: author === 'customer' ? 'inbound' : 'outbound',
      author: { type: author },
      text,
      createdAt: new Date().toISOString(),
    };
    this.stored.push(message);
    return message;
  }

  accepted(posted: Posted): string {
    const message = this.#byClient.get(posted.clientMessageId) ?? this.store(posted.text, 'customer');
    this.#byClient.set(posted.clientMessageId, message);
    return `event: message.accepted\ndata: ${JSON.stringify(message)}\n\n`;
  }

  stream(...events: string[]): Response {
    return new Response(events.join(''), { headers: { 'Content-Type': 'text/event-stream' } });
  }
}

const json = (status: number, content: unknown, headers?: Record<string, string>) =>
  new Response(JSON.stringify(content), { status, headers: { 'Content-Type': 'application/json', ...headers } });

/** Lets time pass until it is so: no test waits for a real clock. */
async function until(holds: () => void): Promise<void> {
  for (let passed = 0; ; passed += 100) {
    try {
      return holds();
    } catch (error) {
      if (passed > 60_000) throw error;
      await vi.advanceTimersByTimeAsync(100);
    }
  }
}

const texts = (chat: Chat) => chat.view().messages.map((message) => message.text);

let service: Service;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  service = new Service();
  vi.stubGlobal('fetch', service.fetch);
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(): Chat {
  const chat = new Chat();
  chat.start();
  return chat;
}

describe('the page', () => {
  it('goes with what is written on it, also when that is sent again later', async () => {
    service.answers.push(() => json(503, { title: 'Away' }));
    const chat = open();
    chat.setContext({ title: 'Blue vase' });
    chat.send('Is this in stock?');
    chat.setContext({ title: 'Mug' });
    chat.send('And this?');
    chat.setContext(undefined);
    chat.send('Thanks');

    await until(() => expect(texts(chat)).toEqual(['Is this in stock?', 'And this?', 'Thanks']));
    expect(service.posted.map(({ context }) => context)).toEqual([{ title: 'Blue vase' }, { title: 'Blue vase' }, { title: 'Mug' }, undefined]);
  });
});

describe('reading', () => {
  it('says once how far the visitor has read, and again after what could not be said', async () => {
    service.store('Hello', 'assistant');
    service.store('I am Eve', 'agent');
    service.marking = () => json(503, { title: 'Away' });
    const chat = open();
    await until(() => expect(texts(chat)).toHaveLength(2));
    chat.read();
    chat.read();
    await until(() => expect(service.marks).toEqual([{ sequence: 2 }]));
    await vi.advanceTimersByTimeAsync(1_000);

    service.marking = () => new Response(null, { status: 204 });
    chat.read();
    await until(() => expect(service.marks).toEqual([{ sequence: 2 }, { sequence: 2 }]));
    await vi.advanceTimersByTimeAsync(1_000);
    chat.read();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(service.marks).toHaveLength(2);
  });

  it('says nothing of what the visitor wrote himself', async () => {
    service.store('Anybody there?', 'customer');
    const chat = open();
    await until(() => expect(texts(chat)).toHaveLength(1));
    chat.read();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(service.marks).toEqual([]);
  });

  it('shows when the team has seen the last message, and never takes it back', async () => {
    service.store('Anybody there?', 'customer');
    const chat = open();
    await until(() => expect(texts(chat)).toHaveLength(1));
    expect(chat.view().read).toBe(false);
    service.readByPeople = 1;
    await until(() => expect(chat.view().read).toBe(true));
    service.readByPeople = undefined;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(chat.view().read).toBe(true);
    chat.send('Hello?');
    await until(() => expect(texts(chat)).toHaveLength(2));
    expect(chat.view().read).toBe(false);
  });
});

describe('sending', () => {
  it('shows the message at once and its answer as it is written', async () => {
    let body!: ReadableStreamDefaultController<Uint8Array>;
    const write = (text: string) => body.enqueue(new TextEncoder().encode(text));
    service.answers.push((posted) => {
      const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) });
      queueMicrotask(() => write(service.accepted(posted)));
      return new Response(stream, { headers: { 'Content-Type': 'text/event-stream' } });
    });
    const chat = open();
    chat.send('Are you open?');
    expect(chat.view().outgoing.map((item) => item.text)).toEqual(['Are you open?']);

    await until(() => expect(texts(chat)).toEqual(['Are you open?']));
    expect(chat.view()).toMatchObject({ outgoing: [], draft: '' });

    write('event: reply.delta\ndata: {"index":0,"text":"Yes, "}\n\nevent: reply.delta\ndata: {"index":1,"text":"until 4"}\n\n');
    await until(() => expect(chat.view().draft).toBe('Yes, until 4'));

    write(`event: reply.completed\ndata: ${JSON.stringify(service.store('Yes, until 4.', 'assistant'))}\n\n`);
    await until(() => expect(texts(chat)).toEqual(['Are you open?', 'Yes, until 4.']));
    expect(chat.view().draft).toBeUndefined();
  });

  it('repeats under the same id while the service cannot take it', async () => {
    service.answers.push(
      () => json(503, { title: 'Away' }),
      () => Promise.reject(new TypeError('network')),
    );
    const chat = open();
    chat.send('Hello');

    await until(() => expect(texts(chat)).toEqual(['Hello']));
    expect(service.posted).toHaveLength(3);
    expect(new Set(service.posted.map((posted) => posted.clientMessageId)).size).toBe(1);
    expect(chat.view().outgoing).toEqual([]);
  });

  it('waits as long as the service asks', async () => {
    service.answers.push(() => json(429, {}, { 'Retry-After': '7' }));
    const chat = open();
    chat.send('Hello');

    await until(() => expect(service.posted).toHaveLength(1));
    const from = Date.now();
    await until(() => expect(service.posted).toHaveLength(2));
    expect(Date.now() - from).toBeGreaterThanOrEqual(6_000);
  });

  it('keeps an unconfirmed message over a reload and stores it once', async () => {
    service.answers.push((posted) => {
      service.accepted(posted);
      return Promise.reject(new TypeError('cut before the confirmation'));
    });
    const before = open();
    before.send('Hello');
    await until(() => expect(service.posted).toHaveLength(1));
    vi.clearAllTimers();

    const after = open();
    await until(() => expect(texts(after)).toEqual(['Hello']));
    await until(() => expect(service.posted).toHaveLength(2));
    await until(() => expect(localStorage.getItem('assistify.outbox')).toBe('[]'));
    expect(service.stored).toHaveLength(1);
    expect(service.posted[1]!.clientMessageId).toBe(service.posted[0]!.clientMessageId);
  });

  it('gets the answer although the connection broke while it was written', async () => {
    service.answers.push((posted) => service.stream(service.accepted(posted), 'event: reply.delta\ndata: {"index":0,"te'));
    const chat = open();
    chat.send('Hello');
    await until(() => expect(texts(chat)).toEqual(['Hello']));

    service.store('Good day.', 'assistant');
    await until(() => expect(texts(chat)).toEqual(['Hello', 'Good day.']));
    expect(service.posted).toHaveLength(1);
  });

  it('says why a message is refused, and sends the ones behind it', async () => {
    service.answers.push(() => json(400, { title: 'Bad request', errors: { text: ['Too long.'] } }));
    const chat = open();
    chat.send('Long');
    chat.send('Short');

    await until(() => expect(texts(chat)).toEqual(['Short']));
    expect(chat.view().outgoing).toMatchObject([{ text: 'Long', refusal: 'Too long.' }]);
  });

  it('gives up on a message that the stream refuses', async () => {
    service.answers.push(() => service.stream('event: error\ndata: {"status":409,"detail":"Used before."}\n\n'));
    const chat = open();
    chat.send('Hello');

    await until(() => expect(chat.view().outgoing).toMatchObject([{ refusal: 'Used before.' }]));
    expect(service.posted).toHaveLength(1);
  });

  it('keeps the order of what was written quickly', async () => {
    service.answers.push(() => json(503, {}));
    const chat = open();
    chat.send('one');
    chat.send('two');
    chat.send('three');

    await until(() => expect(texts(chat)).toEqual(['one', 'two', 'three']));
  });
});

describe('what is asked before the chat', () => {
  const asked: PreChat = { name: 'required', message: 'optional' };
  afterEach(() => {
    visitor.name = undefined;
  });

  it('is told to the service before the first message, and not asked again', async () => {
    const names: (string | undefined)[] = [];
    service.preChat = (init) => {
      const { name } = JSON.parse(init.body as string) as { name?: string };
      names.push(name);
      return name ? undefined : asked;
    };
    const chat = open();
    await until(() => expect(chat.view().asked).toEqual(asked));

    await chat.introduce('Maria', undefined, 'Do you ship to Cyprus?');

    await until(() => expect(texts(chat)).toEqual(['Do you ship to Cyprus?']));
    expect(names).toEqual([undefined, 'Maria']);
    expect(chat.view().asked).toBeUndefined();
  });

  it('is not asked where something was said already, or said again where it stayed empty', async () => {
    service.preChat = () => asked;
    service.store('Earlier.', 'customer');
    const back = open();
    await until(() => expect(texts(back)).toEqual(['Earlier.']));
    expect(back.view().asked).toBeUndefined();

    service.stored = [];
    const chat = open();
    await until(() => expect(chat.view().asked).toEqual(asked));
    await chat.introduce(undefined, undefined, undefined);
    await until(() => expect(chat.view().ready).toBe(true));
    expect(chat.view().asked).toBeUndefined();
  });
});

describe('a session that ended', () => {
  it('is opened anew and the message is sent under its id', async () => {
    service.answers.push(() => json(401, {}));
    const chat = open();
    chat.send('Hello');

    await until(() => expect(texts(chat)).toEqual(['Hello']));
    expect(service.posted[0]!.clientMessageId).toBe(service.posted[1]!.clientMessageId);
  });
});

describe('a visitor who was erased', () => {
  it('begins as a new one', async () => {
    service.customer = 'erased';
    const chat = open();
    await until(() => expect(chat.view().ready).toBe(true));
    service.customer = 'new';
    chat.send('Hello');

    await until(() => expect(texts(chat)).toEqual(['Hello']));
  });
});

describe('people', () => {
  it('who answer are shown as answering now', async () => {
    const chat = open();
    await until(() => expect(chat.view().ready).toBe(true));
    service.turn = 'agent';
    service.store('Maria here.', 'agent');

    await until(() => expect(chat.view().turn).toBe('agent'));
  });
});
