import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { grouped, knownCommands, matching, searches, type Command } from './commands.ts';
import { Dialog } from './Dialog.tsx';
import './palette.css';

const pauseMs = 150;

interface Found {
  /** For which words. */
  query: string | undefined;
  commands: readonly Command[];
}

/** Everything that can be gone to or done, by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [asked] = useState(searches);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Found[]>(() => asked.map(() => ({ query: undefined, commands: [] })));
  const [problem, setProblem] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const query = typed.trim();

  // A modal gives the focus to its first button, once it is there.
  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        setProblem(false);
        asked.forEach((search, index) => {
          const take = (commands: readonly Command[]) => current && setFound((all) => all.map((each, at) => (at === index ? { query, commands } : each)));
          search(query).then(take, () => {
            take([]);
            if (current) setProblem(true);
          });
        });
      },
      query === '' ? 0 : pauseMs,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, query]);

  // What is known follows each letter. What was found for other words stays only where these fit it too: Enter does what stands there.
  const fitting = found.flatMap((each) => (each.query === query ? each.commands : matching(each.commands, query)));
  const groups = grouped([...knownCommands(query), ...fitting]);
  const commands = groups.flatMap((group) => group.commands);
  const searching = found.some((each) => each.query !== query);
  const at = Math.max(0, commands.findIndex((command) => command.id === chosen));
  const move = (index: number) => setChosen(commands[(index + commands.length) % Math.max(1, commands.length)]?.id);

  function choose(command: Command | undefined) {
    if (!command) return;
    // The focus is back where it was before anything is done with it.
    flushSync(onClose);
    command.run();
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'PageDown') move(-1);
    else if (event.key === 'PageUp') move(0);
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
          setTyped(event.target.value);
          setChosen(undefined);
        }}
        onKeyDown={pressed}
        placeholder="Page, action, customer or canned answer"
        ref={field}
        role="combobox"
        value={typed}
      />
      <div aria-label="What there is" className="palette" id={`${id}-list`} role="listbox">
        {groups.map(({ group, commands: all }) => (
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
