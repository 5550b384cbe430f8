type Handler = (argument: never) => void;

interface Call {
  done(result: unknown): void;
  failed(error: Error): void;
}

interface Frame {
  type?: number;
  target?: string;
  arguments?: unknown[];
  invocationId?: string;
  result?: unknown;
  error?: string;
}

const end = '\u001e';
const silenceMs = 35_000;
const keepAliveMs = 15_000;
const openingMs = 10_000;

/**
 * One connection to a SignalR hub by WebSocket, in the JSON protocol and without negotiation: the part of the protocol that
 * the hub uses, small enough for a page of a shop. It does not come back by itself; whoever uses it decides when.
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
 */
export class HubConnection {
  #url: string;
  #handlers = new Map<string, Handler>();
  #calls = new Map<string, Call>();
  #socket: WebSocket | undefined;
  #greeted = false;
  #lastCall = 0;
  #sentAt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #closed: () => void = () => undefined;

  constructor(address: string, token: string) {
    const url = new URL(address, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('access_token', token);
    this.#url = url.href;
  }

  on(target: string, handler: Handler): void {
    this.#handlers.set(target, handler);
  }

  /** Called once when a connection that was open is no more. */
  onclose(closed: () => void): void {
    this.#closed = closed;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.#url);
      this.#socket = socket;
      const opening = setTimeout(() => socket.close(), openingMs);
      socket.onopen = () => this.#send({ protocol: 'json', version: 1 });
      socket.onmessage = ({ data }) => {
        this.#heard();
        for (const text of String(data).split(end)) {
          if (text === '') continue;
          const frame = JSON.parse(text) as Frame;
          if (this.#greeted) {
            this.#take(frame);
          } else if (frame.error) {
            socket.close();
          } else {
            this.#greeted = true;
            clearTimeout(opening);
            this.#keepAlive = setInterval(() => this.#stayAlive(), keepAliveMs);
            resolve();
          }
        }
      };
      socket.onclose = () => {
        clearTimeout(opening);
        this.#over();
        reject(new Error('The connection was not opened.'));
      };
    });
  }

  invoke<T>(target: string, ...args: unknown[]): Promise<T> {
    const invocationId = String(++this.#lastCall);
    return new Promise<T>((resolve, failed) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        failed(new Error('There is no connection.'));
        return;
      }
      this.#calls.set(invocationId, { done: (result) => resolve(result as T), failed });
      this.#send({ type: 1, invocationId, target, arguments: args });
    });
  }

  stop(): void {
    this.#socket?.close();
  }

  #take(frame: Frame): void {
    if (frame.type === 1 && frame.target) {
      this.#handlers.get(frame.target)?.(frame.arguments?.[0] as never);
    } else if (frame.type === 3 && frame.invocationId) {
      const call = this.#calls.get(frame.invocationId);
      this.#calls.delete(frame.invocationId);
      if (frame.error) call?.failed(new Error(frame.error));
      else call?.done(frame.result);
    } else if (frame.type === 7) {
      this.#socket?.close();
    }
  }

  /** The other side pings too: what it says keeps us alive where a hidden page's timers are slowed down. */
  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), silenceMs);
    if (this.#greeted) this.#stayAlive();
  }

  #stayAlive(): void {
    if (this.#socket?.readyState === WebSocket.OPEN && Date.now() - this.#sentAt >= keepAliveMs - 1_000) this.#send({ type: 6 });
  }

  #send(frame: unknown): void {
    this.#sentAt = Date.now();
    this.#socket?.send(JSON.stringify(frame) + end);
  }

  #over(): void {
    clearTimeout(this.#silence);
    clearInterval(this.#keepAlive);
    for (const call of this.#calls.values()) call.failed(new Error('The connection was closed.'));
    this.#calls.clear();
    if (this.#greeted) this.#closed();
    this.#greeted = false;
  }
}
