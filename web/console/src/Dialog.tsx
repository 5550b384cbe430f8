import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { CloseIcon } from '../../shared/icons.tsx';

/** A modal of the browser's own: it keeps the focus inside, ends with Escape, and gives the focus back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed before it leaves the page: only then the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      aria-labelledby={heading}
      className="dialog"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      ref={dialog}
    >
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button aria-label="Close" className="icon-button" onClick={onClose} type="button">
          <CloseIcon />
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
