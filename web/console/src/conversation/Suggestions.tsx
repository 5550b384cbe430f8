interface Suggestion {
  id: string;
  key: string;
  about: string;
}

interface SuggestionsProps {
  id: string;
  title: string;
  items: readonly Suggestion[];
  active: number;
  onChoose: (index: number) => void;
}

/** What the field above offers; the focus stays in the field, which says which one is meant. */
export function Suggestions({ id, title, items, active, onChoose }: SuggestionsProps) {
  return (
    <ul aria-label={title} className="suggestions" id={id} role="listbox">
      {items.map((item, index) => (
        <li
          aria-selected={index === active}
          className="suggestion"
          id={`${id}-${index}`}
          key={item.id}
          // Not the click: the field would have lost the focus by then.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(index);
          }}
          ref={index === active ? (element) => void element?.scrollIntoView({ block: 'nearest' }) : undefined}
          role="option"
        >
          <span className="suggestion-key">{item.key}</span>
          <span className="suggestion-about" dir="auto">
            {item.about}
          </span>
        </li>
      ))}
    </ul>
  );
}
