/** What the script's tag says. */
export interface Settings {
  /** Where the script came from is where the services are. */
  origin: string;
  workspaceKey: string;
  name: string | undefined;
  colour: string | undefined;
  language: string | undefined;
  suggestions: string[];
}

export function readSettings(script: HTMLScriptElement | null): Settings {
  if (!script?.src) throw new Error('Assistify: load widget.js with a script element that has a src.');
  const { workspaceKey, name, color, language, suggestions } = script.dataset;
  if (!workspaceKey) throw new Error('Assistify: the script element needs data-workspace-key.');
  return {
    origin: new URL(script.src).origin,
    workspaceKey,
    name,
    colour: color,
    language,
    suggestions: (suggestions ?? '').split('|').map((text) => text.trim()).filter(Boolean).slice(0, 4),
  };
}

/** White or near black, whichever is read better on a colour that the browser gives as `rgb(…)`. */
export function textOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.06 ? '#fff' : '#101418';
}
