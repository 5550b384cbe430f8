/** One event of a `text/event-stream` body. */
export interface StreamEvent {
  event: string;
  data: string;
}

/** Reads server-sent events from a fetched body; `EventSource` can neither post nor send a bearer token. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A chunk may end between the two halves of a line break: that "\r" waits for the next chunk.
      const lines = (done || !rest.endsWith('\r') ? rest : rest.slice(0, -1)).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + (!done && rest.endsWith('\r') ? '\r' : '');
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event: event || 'message', data: data.join('\n') };
          event = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const content = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'event') event = content;
        if (field === 'data') data.push(content);
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
