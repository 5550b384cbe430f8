import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sendForm } from './upload.ts';

/** As far as an upload uses it. */
class Request {
  upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {};
  headers: Record<string, string> = {};
  opened: string[] = [];
  status = 0;
  responseText = '';
  onload = () => undefined;
  onerror = () => undefined;
  open = (...opened: string[]) => (this.opened = opened);
  setRequestHeader = (name: string, value: string) => (this.headers[name] = value);
  getResponseHeader = () => '3';
  send = () => (sent = this);

  answer(status: number, text: string) {
    this.status = status;
    this.responseText = text;
    this.onload();
  }
}

let sent: Request;

beforeEach(() => vi.stubGlobal('XMLHttpRequest', Request));
afterEach(() => vi.unstubAllGlobals());

it('tells how far it is and what was made of it', async () => {
  const parts: number[] = [];
  const answer = sendForm<{ id: string }>('PUT', '/api/knowledge/documents/d', new FormData(), 'token', (part) => parts.push(part));
  sent.upload.onprogress!({ lengthComputable: true, loaded: 1, total: 4 });
  sent.upload.onprogress!({ lengthComputable: true, loaded: 4, total: 4 });
  sent.answer(200, '{"id":"d"}');

  expect(await answer).toEqual({ id: 'd' });
  expect(sent.opened).toEqual(['PUT', '/api/knowledge/documents/d']);
  expect(sent.headers['Authorization']).toBe('Bearer token');
  expect(parts).toEqual([0.25, 1]);
});

it('says why it was refused, and that nobody answered', async () => {
  const refused = sendForm('POST', '/', new FormData(), '', () => undefined);
  sent.answer(400, '{"errors":{"file":["The file holds no text."]}}');
  await expect(refused).rejects.toMatchObject({ status: 400, message: 'The file holds no text.' });

  const unreadable = sendForm('POST', '/', new FormData(), '', () => undefined);
  sent.answer(503, '<html>');
  await expect(unreadable).rejects.toMatchObject({ status: 503, retryAfterMs: 3_000 });

  const away = sendForm('POST', '/', new FormData(), '', () => undefined);
  sent.onerror();
  await expect(away).rejects.toMatchObject({ status: 0 });
});
