import type { ReactNode } from 'react';

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
