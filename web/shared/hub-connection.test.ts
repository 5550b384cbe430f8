import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HubConnection } from './hub-connection.ts';

/** The other end of the wire. */
class Wire {
  static OPEN = 1;
  static last: Wire;
  url: string;
  readyState = 0;
  sent: string[] = [];
  onopen = () => undefined as void;
  onclose = () => undefined as void;
  onmessage: (event: { data: string }) => void = () => undefined;

  constructor(url: string) {
    this.url = url;
    Wire.last = this;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
    this.onclose();
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  say(...frames: unknown[]): void {
    this.onmessage({ data: frames.map((frame) => `${JSON.stringify(frame)}\u001e`).join('') });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Wire);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connected(): Promise<HubConnection> {
  const connection = new HubConnection('https://shop.example/hubs/conversations', 'a+b');
  const started = connection.start();
  Wire.last.open();
  Wire.last.say({});
  await started;
  return connection;
}

it('greets the hub and hears what comes in the same packet as the greeting', async () => {
  const heard: unknown[] = [];
  const connection = new HubConnection('https://shop.example/hubs/conversations', 'a+b');
  connection.on('message', (message: unknown) => heard.push(message));
  const started = connection.start();
  Wire.last.open();
  Wire.last.say({}, { type: 1, target: 'message', arguments: [{ id: 'm' }] }, { type: 1, target: 'unknown', arguments: [] });
  await started;

  expect(Wire.last.url).toBe('wss://shop.example/hubs/conversations?access_token=a%2Bb');
  expect(Wire.last.sent).toEqual(['{"protocol":"json","version":1}\u001e']);
  expect(heard).toEqual([{ id: 'm' }]);
});

it('gives each call its own answer', async () => {
  const connection = await connected();
  const first = connection.invoke('Subscribe', 'c', 3);
  const second = connection.invoke('Subscribe', 'd', null);
  expect(JSON.parse(Wire.last.sent[1]!.slice(0, -1))).toEqual({ type: 1, invocationId: '1', target: 'Subscribe', arguments: ['c', 3] });
  Wire.last.say({ type: 3, invocationId: '2', error: 'There is no such conversation.' }, { type: 3, invocationId: '1', result: { revision: 4 } });

  await expect(second).rejects.toThrow('no such conversation');
  await expect(first).resolves.toEqual({ revision: 4 });
});

it('says that it is alive, and gives up on a silent hub', async () => {
  const connection = await connected();
  const closed = vi.fn();
  connection.onclose(closed);

  vi.advanceTimersByTime(15_000);
  expect(Wire.last.sent.at(-1)).toBe('{"type":6}\u001e');
  vi.advanceTimersByTime(20_000);
  expect(closed).toHaveBeenCalledOnce();
});

it('fails its open calls when the connection is lost, and a refused one never starts', async () => {
  const connection = await connected();
  const call = connection.invoke('Subscribe', 'c', null);
  Wire.last.close();
  await expect(call).rejects.toThrow('closed');
  await expect(connection.invoke('Subscribe', 'c', null)).rejects.toThrow('no connection');

  const refused = new HubConnection('/hubs/conversations', 't').start();
  Wire.last.close();
  await expect(refused).rejects.toThrow('not opened');
});
