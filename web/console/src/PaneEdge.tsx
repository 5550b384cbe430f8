import type { KeyboardEvent, PointerEvent } from 'react';
import { mostIn, paneLimits, panes, type Pane } from './panes.ts';
import { useStore } from './store.ts';

const step = 16;

/** The edge of a pane, which is pulled with the pointer or moved with the arrow keys; a double click gives the usual width back. */
export function PaneEdge({ pane, label }: { pane: Pane; label: string }) {
  const { least, usual } = paneLimits[pane];
  const most = mostIn(pane);
  // What was liked in a wider window is cut in this one: the edge moves from where it is.
  const width = Math.min(useStore(panes)[pane], most);
  // The list is before its edge, the panel behind it; the page may be written from right to left.
  const towards = (element: Element) => (pane === 'list' ? 1 : -1) * (getComputedStyle(element).direction === 'rtl' ? -1 : 1);

  function pull(down: PointerEvent<HTMLDivElement>) {
    if (down.button !== 0) return;
    const edge = down.currentTarget;
    // No text is selected and nothing dragged along, which would take the pointer away.
    down.preventDefault();
    edge.focus();
    edge.setPointerCapture(down.pointerId);
    const pulling = new AbortController();
    const { signal } = pulling;
    document.addEventListener('pointermove', (event) => panes.resize(pane, width + (event.clientX - down.clientX) * towards(edge)), { signal });
    for (const end of ['pointerup', 'pointercancel'] as const) document.addEventListener(end, () => pulling.abort(), { signal });
  }

  function pressed(event: KeyboardEvent<HTMLDivElement>) {
    const direction = towards(event.currentTarget);
    if (event.key === 'ArrowRight') panes.resize(pane, width + step * direction);
    else if (event.key === 'ArrowLeft') panes.resize(pane, width - step * direction);
    else if (event.key === 'Home') panes.resize(pane, least);
    else if (event.key === 'End') panes.resize(pane, most);
    else return;
    event.preventDefault();
  }

  return (
    <div
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemax={most}
      aria-valuemin={least}
      aria-valuenow={width}
      className={`pane-edge ${pane}-edge`}
      onDoubleClick={() => panes.resize(pane, usual)}
      onKeyDown={pressed}
      onPointerDown={pull}
      role="separator"
      tabIndex={0}
    />
  );
}
