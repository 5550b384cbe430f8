const chunkSize = 50;

/** Where the messages of each fifty begin and end: by their numbers, so that what is read above moves none into another chunk. */
export function chunksOf(messages: readonly { sequence: number }[]): { key: number; from: number; to: number }[] {
  const chunks: { key: number; from: number; to: number }[] = [];
  messages.forEach(({ sequence }, index) => {
    const key = Math.floor((sequence - 1) / chunkSize);
    const last = chunks.at(-1);
    if (last?.key === key) last.to = index + 1;
    else chunks.push({ key, from: index, to: index + 1 });
  });
  return chunks;
}
