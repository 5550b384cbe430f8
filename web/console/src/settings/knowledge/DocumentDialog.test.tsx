import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { button, leave, show, text, write } from '../../testing.tsx';
import { DocumentDialog } from './DocumentDialog.tsx';

afterEach(leave);

async function choose(file: File) {
  const field = document.querySelector<HTMLInputElement>('[name="file"]')!;
  const files = new DataTransfer();
  files.items.add(file);
  await act(async () => {
    field.files = files.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

const submit = () => act(async () => document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

it('shows how far the upload is, and is done when the service has read it', async () => {
  let tell: (part: number) => void = () => undefined;
  let finish: () => void = () => undefined;
  let sent: unknown[] = [];
  const sendForm = (method: string, path: string, form: FormData, onProgress: (part: number) => void) => {
    sent = [method, path, form.get('title')];
    tell = onProgress;
    return new Promise<void>((resolve) => (finish = resolve));
  };
  const onUploaded = vi.fn(async () => undefined);
  const onClose = vi.fn();
  await show(<DocumentDialog onClose={onClose} onUploaded={onUploaded} replaced={undefined} />, { service: { sendForm } });

  await choose(new File(['# Terms'], 'terms.md'));
  await write('title', 'Terms');
  await submit();
  expect(sent).toEqual(['POST', '/api/knowledge/documents', 'Terms']);
  await act(async () => tell(0.4));
  expect(text()).toContain('40 % uploaded');
  await act(async () => tell(1));
  expect(text()).toContain('Uploaded, being read');
  expect(button('Upload')!.disabled).toBe(true);

  await act(async () => finish());
  expect(onUploaded).toHaveBeenCalledOnce();
  expect(onClose).toHaveBeenCalledOnce();
});

it('says at once that a file cannot be read', async () => {
  await show(<DocumentDialog onClose={() => undefined} onUploaded={async () => undefined} replaced={undefined} />, { service: {} });
  await choose(new File(['PK'], 'manual.docx'));
  expect(document.querySelector('[role="alert"]')!.textContent).toContain('Documents are');
  expect(document.querySelector<HTMLInputElement>('[name="file"]')!.checkValidity()).toBe(false);
});
