import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { WorkplaceContext, type Workplace } from './workplace.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

export interface Call {
  method: string;
  path: string;
  content: unknown;
}

/** A service that answers as told and knows what it was asked for. */
export function fakeService(answer: (call: Call) => unknown) {
  const calls: Call[] = [];
  const send = async (method: string, path: string, content?: unknown) => {
    const call = { method, path, content };
    calls.push(call);
    return answer(call);
  };
  const service = {
    get: (path: string) => send('GET', path),
    post: (path: string, content?: unknown) => send('POST', path, content),
    put: (path: string, content: unknown) => send('PUT', path, content),
    patch: (path: string, content: unknown) => send('PATCH', path, content),
    remove: (path: string) => send('DELETE', path),
    sendForm: (method: string, path: string, content: FormData) => send(method, path, content),
  };
  return { service, calls, changes: () => calls.filter(({ method }) => method !== 'GET') };
}

let unmount: (() => void) | undefined;

/** Shows part of a page as it is for whoever is signed in. */
export async function show(element: ReactNode, workplace: Record<string, unknown>): Promise<void> {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  unmount = () => act(() => root.unmount());
  await act(async () => root.render(<WorkplaceContext.Provider value={workplace as unknown as Workplace}>{element}</WorkplaceContext.Provider>));
}

export function leave(): void {
  unmount?.();
  unmount = undefined;
  document.body.replaceChildren();
}

export function text(): string {
  return document.body.textContent ?? '';
}

export function button(name: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].findLast((each) => each.textContent?.trim() === name);
}

export async function press(name: string): Promise<void> {
  const found = button(name);
  if (!found) throw new Error(`There is no button “${name}” in: ${text()}`);
  await act(async () => found.click());
}

/** Writes into a field of the open form, as a person does. */
export async function write(name: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`)!;
  await act(async () => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** Chooses of a list in the open form. */
export async function choose(name: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLSelectElement>(`select[name="${name}"]`)!;
  await act(async () => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
