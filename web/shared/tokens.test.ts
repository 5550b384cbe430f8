import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../tokens.css'), 'utf8');
const [lightText, darkText] = css.split('@media (prefers-color-scheme: dark)') as [string, string];
const light = readTokens(lightText);
const dark = new Map([...light, ...readTokens(darkText)]);

/** What is read on what. */
const texts: [text: string, grounds: string[]][] = [
  ['text', ['canvas', 'surface', 'accent-tint', 'assistant-tint', 'warning-tint', 'danger-tint']],
  ['muted', ['canvas', 'surface', 'assistant-tint']],
  ['accent-text', ['canvas', 'surface', 'accent-tint', 'assistant-tint']],
  ['assistant-text', ['canvas', 'surface', 'assistant-tint']],
  ['success-text', ['canvas', 'surface']],
  ['warning-text', ['canvas', 'surface', 'warning-tint']],
  ['danger-text', ['canvas', 'surface', 'danger-tint']],
  ['on-accent', ['accent', 'accent-hover']],
];

const controls: [control: string, grounds: string[]][] = [
  ['control-line', ['canvas', 'surface']],
  ['accent', ['canvas', 'surface']],
  ['assistant', ['surface', 'assistant-tint']],
  ['success', ['canvas', 'surface']],
  ['danger', ['canvas', 'surface']],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('in %s', (_, tokens) => {
  it.each(pairs(texts))('%s is readable on %s', (text, ground) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(controls))('%s stands out on %s', (control, ground) => {
    expect(contrast(tokens.get(control)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3);
  });
});

function pairs(list: [string, string[]][]): [string, string][] {
  return list.flatMap(([name, grounds]) => grounds.map((ground): [string, string] => [name, ground]));
}

/** Name and relative luminance of each opaque colour. */
function readTokens(text: string): Map<string, number> {
  const tokens = new Map<string, number>();
  for (const [, name, l, c, h] of text.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)) {
    tokens.set(name!, luminance(Number(l), Number(c), Number(h)));
  }
  tokens.set('surface', tokens.get('surface') ?? luminance(1, 0, 0));
  return tokens;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** From OKLCH to linear sRGB, cut to what a screen shows, to the luminance of WCAG 2. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  const red = cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
