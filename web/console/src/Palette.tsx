import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { commandSources, type Command } from './commands.ts';
import { Dialog } from './Dialog.tsx';
import './palette.css';

const pauseMs = 150;

/** Everything that can be gone to or done, by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  // Those of the page as it was: the palette itself changes nothing behind it.
  const [sources] = useState(commandSources);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly (readonly Command[])[]>([]);
  const [searching, setSearching] = useState(false);
  const [problem, setProblem] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);

  // A modal gives the focus to its first button, once it is there.
  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        setSearching(true);
        setProblem(false);
        const searches = sources.map(async (source, index) => {
          let commands: readonly Command[] = [];
          try {
            commands = await source(query.trim());
          } catch {
            if (current) setProblem(true);
          }
          if (current) setFound((known) => sources.map((_, at) => (at === index ? commands : (known[at] ?? []))));
        });
        void Promise.all(searches).then(() => current && setSearching(false));
      },
      query === '' ? 0 : pauseMs,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [sources, query]);

  const groups = useMemo(() => grouped(found.flat()), [found]);
  const commands = groups.flatMap(([, all]) => all);
  const at = Math.min(active, Math.max(0, commands.length - 1));

  function choose(command: Command | undefined) {
    if (!command) return;
    // The focus is back where it was before anything is done with it.
    flushSync(onClose);
    command.run();
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(1, commands.length));
    else if (event.key === 'ArrowUp') setActive((at + commands.length - 1) % Math.max(1, commands.length));
    else if (event.key === 'PageDown') setActive(commands.length - 1);
    else if (event.key === 'PageUp') setActive(0);
    else if (event.key === 'Enter') choose(commands[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog onClose={onClose} title="Go to or do">
      <input
        aria-activedescendant={commands.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-expanded={commands.length > 0}
        aria-label="Page, action, customer or canned answer"
        className="field"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={pressed}
        placeholder="Page, action, customer or canned answer"
        ref={field}
        role="combobox"
        value={query}
      />
      <div aria-label="What there is" className="palette" id={`${id}-list`} role="listbox">
        {groups.map(([group, all]) => (
          <div aria-label={group} key={group} role="group">
            <p aria-hidden="true" className="meta palette-group">
              {group}
            </p>
            {all.map((command) => {
              const index = commands.indexOf(command);
              return (
                <div
                  aria-selected={index === at}
                  className="suggestion palette-command"
                  id={`${id}-${index}`}
                  key={command.id}
                  onClick={() => choose(command)}
                  ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
                  role="option"
                >
                  <span className="palette-name" dir="auto">
                    {command.name}
                  </span>
                  {command.about && (
                    <span className="suggestion-about" dir="auto">
                      {command.about}
                    </span>
                  )}
                  {command.key && (
                    <span className="palette-key">
                      {command.key.split(' ').map((part) => (
                        <kbd key={part}>{part}</kbd>
                      ))}
                    </span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="meta palette-state" role="status">
        {problem ? 'Not everything can be searched right now.' : commands.length > 0 ? '' : searching ? 'Searching' : 'Nothing is called so.'}
      </p>
    </Dialog>
  );
}

/** By their titles, in the order in which those first appear. */
function grouped(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}
