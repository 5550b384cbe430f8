const letters: Record<string, string> = {
  whatsapp: 'W',
  'whatsapp-cloud': 'W',
  facebook: 'M',
  instagram: 'I',
  telegram: 'T',
  slack: 'S',
  wechat: 'C',
  custom: 'X',
  shopify: 'P',
};

/** The channel's colour, in its icon only; the name stands beside it. */
export function ChannelIcon({ channel }: { channel: string }) {
  return (
    <span aria-hidden="true" className={`channel-icon channel-${channel}`}>
      {letters[channel] ?? '?'}
    </span>
  );
}
