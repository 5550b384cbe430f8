import type { Customer } from '../contract.ts';
import { customerName } from '../names.ts';
import { formatAgo } from '../time.ts';

interface MergedFromProps {
  merged: NonNullable<Customer['mergedFrom']>;
  /** Absent for those who only read. */
  onUndo: ((customerId: string) => void) | undefined;
}

/** Who became part of the customer, and the way to take him out again. */
export function MergedFrom({ merged, onUndo }: MergedFromProps) {
  return (
    <section aria-labelledby="merged">
      <h3 id="merged">Merged from</h3>
      <ul className="merged">
        {merged.map(({ customerId, name: given, mergedAt }) => {
          const name = customerName({ id: customerId, name: given, identifiers: [] });
          return (
            <li key={customerId}>
              <span className="merged-name" dir="auto">
                {name}
              </span>
              <span className="meta">{formatAgo(mergedAt)}</span>
              {onUndo && (
                <button className="link-button" onClick={() => onUndo(customerId)} type="button">
                  Undo<span className="hidden-text"> the merge of {name}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
