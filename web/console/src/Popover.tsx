import { useEffect, useId, useRef, type ReactNode } from 'react';

interface PopoverProps {
  label: ReactNode;
  title: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

/** A small panel below its button. Escape and a click elsewhere close it; the focus goes in and comes back. */
export function Popover({ label, title, open, onOpen, children }: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    // What is in it may still be read: then the panel has the focus itself.
    (panel.current?.querySelector<HTMLElement>('input, button, select') ?? panel.current)?.focus();
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!panel.current?.contains(target) && !button.current?.contains(target)) onOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open, onOpen]);

  return (
    <div
      className="popover-place"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        onOpen(false);
        button.current?.focus();
      }}
    >
      <button
        aria-controls={id}
        aria-expanded={open}
        className="button quiet"
        onClick={() => onOpen(!open)}
        ref={button}
        type="button"
      >
        {label}
      </button>
      {open && (
        <div
          aria-label={title}
          className="popover"
          id={id}
          ref={panel}
          role="dialog"
          tabIndex={-1}
        >
          {children}
        </div>
      )}
    </div>
  );
}
