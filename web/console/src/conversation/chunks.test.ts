import { expect, it } from 'vitest';
import { chunksOf } from './chunks.ts';

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => ({ sequence: from + index }));

it('keeps each message in its chunk when earlier ones are read and later ones come', () => {
  expect(chunksOf([])).toEqual([]);
  expect(chunksOf(numbered(98, 102))).toEqual([{ key: 1, from: 0, to: 3 }, { key: 2, from: 3, to: 5 }]);
  expect(chunksOf(numbered(48, 103))).toEqual([{ key: 0, from: 0, to: 3 }, { key: 1, from: 3, to: 53 }, { key: 2, from: 53, to: 56 }]);
});
