import { useState, type ReactNode } from 'react';
import { Section } from './Section.tsx';

interface TableSectionProps<Item> {
  title: string;
  about: string;
  /** What the button says that opens the form. */
  add: string;
  form: (close: () => void) => ReactNode;
  items: Item[] | undefined;
  problem: string | undefined;
  /** Instead of a table without rows. */
  empty: ReactNode;
  head: ReactNode;
  row: (item: Item) => ReactNode;
  children?: ReactNode;
}

/** A table of the service's, with a button that adds to it. */
export function TableSection<Item>({ title, about, add, form, items, problem, empty, head, row, children }: TableSectionProps<Item>) {
  const [adding, setAdding] = useState(false);

  return (
    <Section
      about={about}
      action={
        <button className="button primary" onClick={() => setAdding(true)} type="button">
          {add}
        </button>
      }
      loading={!items}
      problem={problem}
      title={title}
    >
      {children}
      {items?.length === 0 && empty && <p className="notice">{empty}</p>}
      {items && items.length > 0 && (
        <table className="table">
          <thead>
            <tr>{head}</tr>
          </thead>
          <tbody>{items.map(row)}</tbody>
        </table>
      )}
      {adding && form(() => setAdding(false))}
    </Section>
  );
}
