import type { ReactNode } from 'react';

/** A drawing on a grid of 20 in the colour of the text around it. */
function Icon({ children, size = 16 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.75"
      viewBox="0 0 20 20"
      width={size}
    >
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <Icon size={18}>
    <path d="M10 16V4M5 9l5-5 5 5" />
  </Icon>
);

export const AssistantIcon = () => (
  <Icon>
    <path d="M10 3v3M5 6h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM7.5 10v1.5M12.5 10v1.5" />
  </Icon>
);

export const PersonIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3" />
    <path d="M4 17c.6-3.2 3-5 6-5s5.4 1.8 6 5" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <rect height="15" rx="2" width="9" x="5.5" y="2.5" />
    <path d="M9 15h2" />
  </Icon>
);

export const PictureIcon = () => (
  <Icon size={20}>
    <rect height="12" rx="2" width="14" x="3" y="4" />
    <circle cx="7.5" cy="8.5" r="1" />
    <path d="m4 14 4-3 3 2 3-3 3 3" />
  </Icon>
);

export const PlaceIcon = () => (
  <Icon size={20}>
    <path d="M10 18s5.5-5 5.5-9.5a5.5 5.5 0 0 0-11 0C4.5 13 10 18 10 18z" />
    <circle cx="10" cy="8.5" r="1.75" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="M10 4v12M5 11l5 5 5-5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);

export const InboxIcon = () => (
  <Icon size={20}>
    <path d="M3 11h4l1 2.5h4L13 11h4M3 11v4a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 17 15v-4L14.5 4h-9z" />
  </Icon>
);

export const FiguresIcon = () => (
  <Icon size={20}>
    <path d="M3 17h14M5.5 14V9M10 14V4M14.5 14v-3" />
  </Icon>
);

export const SettingsIcon = () => (
  <Icon size={20}>
    <path d="M4 6h7M15 6h1M4 14h1M9 14h7" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </Icon>
);

export const KeysIcon = () => (
  <Icon size={20}>
    <rect height="10" rx="2" width="16" x="2" y="5" />
    <path d="M5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 12h7" />
  </Icon>
);

export const LeaveIcon = () => (
  <Icon size={20}>
    <path d="M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M12.5 13.5 16 10l-3.5-3.5M16 10H8" />
  </Icon>
);

export const BackIcon = () => (
  <Icon size={20}>
    <path d="M12 4 6 10l6 6" />
  </Icon>
);

export const PanelIcon = () => (
  <Icon size={20}>
    <rect height="13" rx="2" width="15" x="2.5" y="3.5" />
    <path d="M12 3.5v13" />
  </Icon>
);

export const LockIcon = () => (
  <Icon size={14}>
    <rect height="8" rx="1.5" width="11" x="4.5" y="9" />
    <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
  </Icon>
);

export const AttachIcon = () => (
  <Icon size={18}>
    <path d="m14.5 9.5-5 5a3 3 0 0 1-4.25-4.25l6-6a2 2 0 0 1 2.85 2.85l-6 6a1 1 0 0 1-1.4-1.4l5-5" />
  </Icon>
);

export const FileIcon = () => (
  <Icon size={18}>
    <path d="M5 3h6l4 4v10H5zM11 3v4h4" />
  </Icon>
);

export const BellIcon = () => (
  <Icon size={20}>
    <path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3" />
  </Icon>
);

export const OperationsIcon = () => (
  <Icon size={20}>
    <path d="M2.5 10.5h3.5l2-5.5 3.5 10 2-4.5h4" />
  </Icon>
);
