import { describe, expect, it } from '@jest/globals';
import { emptyColumns, emptyLines } from './empty-cells.js';

describe('cells that state nothing', () => {
  it('are told by column, columns that are empty throughout together', () => {
    // Three rows, one of which could not be read: two empty cells are all.
    const names = Array.from({ length: 12 }, (_, at) => `aColumnOfManyLetters${at}`);
    const missing = { rate: 1, ...Object.fromEntries(names.map((name) => [name, 2])) };
    const noData = { rate: { ND1: 1 }, a: { ND5: 2 }, b: { ND5: 2 } };
    const lines = emptyLines({ rows: 3, unread: 1, missing, noData }).join('\n').split('\n');
    expect(lines.slice(0, 2)).toEqual(['Cells that are empty or NA, of the columns that are read:', '  rate  1']);
    expect(lines[2]).toMatch(/^ {2}in all 2 rows: aColumnOfManyLetters0, /);
    expect(lines.every((line) => line.length <= 110)).toBe(true);
    expect(lines.slice(-3)).toEqual([
      'No-data options, and the columns that state them:',
      '  ND1 in 1 row: rate',
      '  ND5 in 2 rows: a, b',
    ]);
    expect([...emptyColumns({ rows: 3, unread: 1, missing })]).toEqual(names);
  });

  it('are none where every cell is stated', () => {
    expect(emptyLines({ rows: 3, unread: 0, missing: {}, noData: {} })).toEqual([
      'No cell of the columns that are read is empty or NA.',
    ]);
  });
});
