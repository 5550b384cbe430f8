import { useEffect } from 'react';

const undoMs = 6_000;

interface UndoProps {
  /** What was done, in a sentence. */
  done: string;
  onUndo: () => void;
  /** It stays as it is. */
  onOver: () => void;
}

/** What was done a moment ago can be taken back. */
export function Undo({ done, onUndo, onOver }: UndoProps) {
  useEffect(() => {
    const timer = setTimeout(onOver, undoMs);
    return () => clearTimeout(timer);
  }, [onOver]);

  return (
    <p className="undo" role="status">
      {done}
      <button className="link-button" onClick={onUndo} type="button">
        Undo
      </button>
    </p>
  );
}
