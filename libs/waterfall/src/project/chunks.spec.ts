import { describe, expect, it } from '@jest/globals';
import { blocksOf, chunksOf } from './chunks.js';

/** Jump targets of `length` instructions: pairs of from and to. */
function targets(length: number, ...jumps: [number, number][]): Int32Array {
  const all = new Int32Array(length).fill(-1);
  for (const [from, to] of jumps) all[from] = to;
  return all;
}

const WHOLE = { first: 0, entries: [], passable: false };

describe('chunks', () => {
  it('of short code are one', () => {
    expect(chunksOf(targets(15), 10)).toEqual([{ first: 0, end: 15, entries: [], passable: false }]);
  });

  it('end where no jump leads across', () => {
    // 16 instructions are more than 15; the end is between 5 and 12, and only 7 is not crossed
    const chunks = chunksOf(targets(16, [4, 7], [7, 13]), 10);
    expect(chunks.map(({ first, end }) => [first, end])).toEqual([[0, 7], [7, 16]]); // prettier-ignore
    expect(chunks.flatMap(({ entries }) => entries)).toEqual([]);
  });

  it('are entered where jumps of earlier ones lead, and passed over where they lead beyond', () => {
    // Size 2: the first ends at 1 (one jump across) or 2 (two); the second at 2 (two) or 3 (one)
    const chunks = chunksOf(targets(6, [0, 3], [1, 5]), 2);
    expect(chunks).toEqual([
      { first: 0, end: 1, entries: [], passable: false },
      { first: 1, end: 3, entries: [], passable: true },
      { first: 3, end: 6, entries: [5], passable: false },
    ]);
  });
});

describe('a chunk that jumps enter', () => {
  it('names the instructions where they do', () => {
    // Across 1 goes one jump, across 2 two; then across 2 and 3 two each, and the later is taken
    const chunks = chunksOf(targets(6, [0, 4], [1, 5]), 2);
    expect(chunks.map(({ first, passable }) => [first, passable])).toEqual([[0, false], [1, true], [3, false]]); // prettier-ignore
    expect(chunks.map(({ entries }) => entries)).toEqual([[], [], [4, 5]]);
  });
});

describe('blocks', () => {
  it('open at the first jump to their target', () => {
    expect(blocksOf(targets(6, [1, 5], [2, 5]), { ...WHOLE, end: 6 })).toEqual([{ start: 1, target: 5 }]);
  });

  it('that would cross are opened together', () => {
    // if (0 → 3) … else: the jump from 2 to 5 crosses the end of the first block
    expect(blocksOf(targets(6, [0, 3], [2, 5]), { ...WHOLE, end: 6 })).toEqual([
      { start: 0, target: 5 },
      { start: 0, target: 3 },
    ]);
  });

  it('that follow each other stay apart', () => {
    expect(blocksOf(targets(6, [0, 2], [2, 4]), { ...WHOLE, end: 6 })).toEqual([
      { start: 2, target: 4 },
      { start: 0, target: 2 },
    ]);
  });

  it('of an entry are open from the start', () => {
    const chunk = { first: 2, end: 6, entries: [4], passable: false };
    expect(blocksOf(targets(6, [3, 5]), chunk)).toEqual([
      { start: 2, target: 5 },
      { start: 2, target: 4 },
    ]);
  });
});
