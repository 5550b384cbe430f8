import type { ReactNode } from 'react';
import { channelName } from './names.ts';

function Icon({ children, size = 20 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.6"
      viewBox="0 0 20 20"
      width={size}
    >
      {children}
    </svg>
  );
}

export const InboxIcon = () => (
  <Icon>
    <path d="M3 11h4l1 2.5h4L13 11h4M3 11v4a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 17 15v-4L14.5 4h-9z" />
  </Icon>
);

export const FiguresIcon = () => (
  <Icon>
    <path d="M3 17h14M5.5 14V9M10 14V4M14.5 14v-3" />
  </Icon>
);

export const SettingsIcon = () => (
  <Icon>
    <path d="M4 6h7M15 6h1M4 14h1M9 14h7" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </Icon>
);

export const KeysIcon = () => (
  <Icon>
    <rect height="10" rx="2" width="16" x="2" y="5" />
    <path d="M5.5 8.5h.01M8.5 8.500h.01M11.5 8.500h.01M14.5 8.500h.01M6.5 12h7" />
  </Icon>
);

export const LeaveIcon = () => (
  <Icon>
    <path d="M8 3.500H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.500h3M12.5 13.5 16 10l-3.5-3.500M16 10H8" />
  </Icon>
);

export const BackIcon = () => (
  <Icon>
    <path d="M12 4 6 10l6 6" />
  </Icon>
);

export const PanelIcon = () => (
  <Icon>
    <rect height="13" rx="2" width="15" x="2.5" y="3.5" />
    <path d="M12 3.500v13" />
  </Icon>
);

export const LockIcon = () => (
  <Icon size={14}>
    <rect height="8" rx="1.5" width="11" x="4.5" y="9" />
    <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
  </Icon>
);

export const AttachIcon = () => (
  <Icon size={18}>
    <path d="m14.5 9.5-5 5a3 3 0 0 1-4.25-4.250l6-6a2 2 0 0 1 2.85 2.850l-6 6a1 1 0 0 1-1.4-1.400l5-5" />
  </Icon>
);

export const FileIcon = () => (
  <Icon size={18}>
    <path d="M5 3h6l4 4v10H5zM11 3v4h4" />
  </Icon>
);

const glyphs: Record<string, ReactNode> = {
  web: <path d="M3.5 8h9M8 3.500c-3 3-3 6 0 9M8 3.500c3 3 3 6 0 9" />,
  whatsapp: <path d="M5.5 5.200c.2 2.9 2.4 5.1 5.3 5.300l.4-1.7-1.7-.7-.8.8a4 4 0 0 1-1.6-1.600l.8-.8-.7-1.700z" />,
  instagram: (
    <>
      <rect height="8" rx="2.5" width="8" x="4" y="4" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  facebook: <path d="M9.8 4.500H9a1.5 1.5 0 0 0-1.5 1.500v6M6 8.200h3.5" />,
  shopify: <path d="M4.5 6.500h7L12 12H4zM6.3 6.500a1.7 1.7 0 0 1 3.4 0" />,
  telegram: <path d="m12 4.5-8.5 3.3 2.7 1 1 3 1.5-2 2.3 1.700z" />,
  slack: <path d="M6.5 4v8M9.5 4v8M4 6.500h8M4 9.500h8" />,
  wechat: <path d="M4 7.500c0-1.7 1.8-3 4-3s4 1.3 4 3-1.8 3-4 3l-2 1.2.2-1.600A3 3 0 0 1 4 7.500z" />,
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
