interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Above a list that may be long. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <input
      aria-label={label}
      className="field knowledge-search"
      maxLength={200}
      onChange={(event) => onChange(event.target.value)}
      placeholder="Search"
      type="search"
      value={value}
    />
  );
}
