import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './sse.ts';

async function read(...chunks: (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe('reading server-sent events', () => {
  it('reads name and data, and skips comments', async () => {
    expect(await read(': open\n\nevent: reply.delta\ndata: {"index":0}\n\n')).toEqual([
      { event: 'reply.delta', data: '{"index":0}' },
    ]);
  });

  it('puts chunks together wherever they are cut, also inside a line break and inside a character', async () => {
    const bytes = new TextEncoder().encode('event: a\r\ndata: Zoë\r\n\r\ndata: two\r\n\r\n');
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(await read(bytes.slice(0, cut), bytes.slice(cut))).toEqual([
        { event: 'a', data: 'Zoë' },
        { event: 'message', data: 'two' },
      ]);
    }
  });

  it('joins several data lines', async () => {
    expect(await read('data: one\ndata: two\n\n')).toEqual([{ event: 'message', data: 'one\ntwo' }]);
  });

  it('drops an event whose end never came', async () => {
    expect(await read('data: whole\n\nevent: reply.completed\ndata: {"id"')).toEqual([{ event: 'message', data: 'whole' }]);
  });
});
