import type { ReactNode } from 'react';
import { channelName } from './names.ts';

const glyphs: Record<string, ReactNode> = {
  web: <path d="M3.5 8h9M8 3.5c-3 3-3 6 0 9M8 3.5c3 3 3 6 0 9" />,
  whatsapp: <path d="M5.5 5.2c.2 2.9 2.4 5.1 5.3 5.3l.4-1.7-1.7-.7-.8.8a4 4 0 0 1-1.6-1.6l.8-.8-.7-1.7z" />,
  instagram: (
    <>
      <rect height="8" rx="2.5" width="8" x="4" y="4" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  facebook: <path d="M9.8 4.5H9a1.5 1.5 0 0 0-1.5 1.5v6M6 8.2h3.5" />,
  shopify: <path d="M4.5 6.5h7L12 12H4zM6.3 6.5a1.7 1.7 0 0 1 3.4 0" />,
  telegram: <path d="m12 4.5-8.5 3.3 2.7 1 1 3 1.5-2 2.3 1.7z" />,
  slack: <path d="M6.5 4v8M9.5 4v8M4 6.5h8M4 9.5h8" />,
  wechat: <path d="M4 7.5c0-1.7 1.8-3 4-3s4 1.3 4 3-1.8 3-4 3l-2 1.2.2-1.6A3 3 0 0 1 4 7.5z" />,
  custom: <path d="m6 5-2.5 3L6 11M10 5l2.5 3L10 11" />,
};

/** The channel's mark in its own colour, the only place where other brands' colours are. */
export function ChannelIcon({ channel, labelled = false }: { channel: string; labelled?: boolean }) {
  const name = channelName(channel);
  return (
    <svg
      aria-hidden={!labelled}
      aria-label={labelled ? name : undefined}
      className={`channel-icon channel-${channel in glyphs ? channel : 'custom'}`}
      fill="none"
      height="16"
      role={labelled ? 'img' : undefined}
      stroke="#fff"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.2"
      viewBox="0 0 16 16"
      width="16"
    >
      <rect className="channel-ground" height="16" rx="5" stroke="none" width="16" />
      {glyphs[channel] ?? glyphs.custom}
    </svg>
  );
}
