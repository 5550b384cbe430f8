import { load, save } from '../../../shared/storage.ts';

/** A text that the messenger's provider approved, with places for values. */
export interface Template {
  name: string;
  language?: string;
  values: string[];
}

const key = 'assistify.console.templates';
const mostKept = 10;
const place = /\{\{\s*(\d+)\s*\}\}/g;

export function takesTemplates(channel: string): boolean {
  return channel === 'whatsapp';
}

/** The places of a stored text, in their order: those of `Order {{1}} comes on {{2}}.` are 1 and 2. */
export function placesOf(text: string): number[] {
  return [...new Set([...text.matchAll(place)].map(([, number]) => Number(number)))].sort((a, b) => a - b);
}

/** The text as the customer reads it; a place without a value stays as it is. */
export function filled(text: string, values: readonly string[]): string {
  return text.replace(place, (whole, number: string) => values[Number(number) - 1]?.trim() || whole);
}

/** One value a line, as they are written in the form. */
export function valuesOf(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** How it reads in the conversation where nobody wrote that: `order_update: 1001, Friday`. */
export function textOfTemplate({ name, values }: Template): string {
  return values.length === 0 ? name : `${name}: ${values.join(', ')}`;
}

/** Those typed and sent on this device, the latest first; without values, which are customers'. */
export const usedTemplates = {
  list(): Pick<Template, 'name' | 'language'>[] {
    return load<Pick<Template, 'name' | 'language'>[]>(key) ?? [];
  },
  keep({ name, language }: Template): void {
    const others = this.list().filter((other) => other.name !== name || other.language !== language);
    save(key, [{ name, language }, ...others].slice(0, mostKept));
  },
};
