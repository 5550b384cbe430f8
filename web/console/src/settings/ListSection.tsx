import { useState, type ReactNode } from 'react';
import { ItemAction, ListItem } from './ListItem.tsx';
import { Section } from './Section.tsx';

interface ListSectionProps<Item> {
  title: string;
  about: string;
  /** What the button says that opens the form; absent for those who only read. */
  add: string | undefined;
  items: Item[] | undefined;
  problem: string | undefined;
  /** Instead of a list without entries. */
  empty: ReactNode;
  /** What is shown of an entry below its name. */
  words: (item: Item) => ReactNode;
  /** What else can be done with it, before Edit and Delete. */
  actions?: (item: Item) => ReactNode;
  /** What is asked before it is deleted. */
  question: (item: Item) => string;
  onDelete: (item: Item) => void;
  form: (edited: Item | undefined, close: () => void) => ReactNode;
}

/** Named entries of the service's, each with what it says and what can be done with it, and a form for one of them. */
export function ListSection<Item extends { id: string; name: string }>(props: ListSectionProps<Item>) {
  const { title, about, add, items, problem, empty, words, actions, question, onDelete, form } = props;
  const [dialog, setDialog] = useState<'new' | Item>();

  return (
    <Section
      about={about}
      action={
        add && (
          <button className="button primary" onClick={() => setDialog('new')} type="button">
            {add}
          </button>
        )
      }
      loading={!items}
      problem={problem}
      title={title}
    >
      {items?.length === 0 && <p className="notice">{empty}</p>}
      <ul className="entries">
        {items?.map((item) => (
          <ListItem
            actions={
              add && (
                <>
                  {actions?.(item)}
                  <ItemAction does="Edit" onDo={() => setDialog(item)} to={item.name} />
                  <ItemAction
                    does="Delete"
                    onDo={() => {
                      if (confirm(question(item))) onDelete(item);
                    }}
                    to={item.name}
                  />
                </>
              )
            }
            key={item.id}
            name={item.name}
          >
            {words(item)}
          </ListItem>
        ))}
      </ul>
      {dialog && form(dialog === 'new' ? undefined : dialog, () => setDialog(undefined))}
    </Section>
  );
}
