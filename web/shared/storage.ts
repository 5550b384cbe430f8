const memory = new Map<string, string>();

/** `localStorage`, or memory where the browser refuses it (for being full, too): the page then works until it is closed. */
export function load<T>(key: string): T | undefined {
  try {
    const text = memory.get(key) ?? localStorage.getItem(key) ?? undefined;
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    const text = memory.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }
}

export function save(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
}

export function remove(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept there either.
  }
}
