import { Dialog } from './Dialog.tsx';

const groups: [title: string, keys: [key: string, does: string][]][] = [
  [
    'Everywhere',
    [
      ['Ctrl k', 'Go to or do anything, by its name'],
      ['?', 'This sheet'],
      ['g i', 'Go to the inbox'],
      ['g n', 'Go to the notifications'],
      ['g f', 'Go to the figures'],
      ['g o', 'Go to operations'],
      ['g s', 'Go to the settings'],
    ],
  ],
  [
    'Figures',
    [
      ['← →', 'Day by day or hour by hour, on a chart'],
      ['Enter', 'Open the conversations behind it'],
    ],
  ],
  [
    'Inbox',
    [
      ['j', 'Next conversation'],
      ['k', 'Conversation before'],
      ['Enter', 'Open it'],
      ['/', 'Search'],
      ['Esc', 'Back to the list'],
      ['← →', 'Width of a pane, on its edge'],
    ],
  ],
  [
    'Conversation',
    [
      ['r', 'Reply'],
      ['n', 'Private note'],
      ['/', 'Canned answers, while writing'],
      ['@', 'Name a colleague in a note'],
      ['Ctrl Enter', 'Send'],
      ['Ctrl Shift Enter', 'Send and close'],
      ['u', 'Take the reply back, for 5 s'],
      ['d', 'Suggest an answer, while people answer'],
      ['t', 'Take over, or hand back'],
      ['a', 'Assign'],
      ['l', 'Labels'],
      ['p', 'Customer panel'],
      ['e', 'Close the conversation'],
    ],
  ],
];

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Keyboard">
      <div className="key-groups">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="key-list">
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
