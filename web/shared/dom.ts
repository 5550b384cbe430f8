type Child = Node | string | false | undefined;

/** An element with its properties, listeners (`onclick`) and children. Text is text, never markup. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value as EventListener);
    else if (key in element && !key.startsWith('aria')) (element as Record<string, unknown>)[key] = value;
    else element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== undefined));
  return element;
}

/** Makes these the children of the place. Those that stay are not touched: what has the focus in them keeps it. */
export function arrange(place: Element, wanted: readonly Element[]): void {
  const staying = new Set(wanted);
  for (const child of [...place.children]) if (!staying.has(child)) child.remove();
  let next = place.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else place.insertBefore(element, next);
  }
}

/** An icon of lines, by its path. */
export function icon(path: string, size = 20): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 20 20',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.75,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': true,
  })) {
    svg.setAttribute(key, String(value));
  }
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Text with its web addresses as links; nothing else of it is ever interpreted. */
export function linked(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(h('a', { href: match[0], rel: 'noopener noreferrer', target: '_blank' }, match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
