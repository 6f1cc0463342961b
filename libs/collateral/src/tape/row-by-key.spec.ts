import { describe, expect, it } from '@jest/globals';
import { keyHash, RowByKey } from './row-by-key.js';

/** Rows of which the table says otherwise than a map of strings. */
function differences(keys: Iterable<readonly [row: number, key: string]>): { wrong: number[]; table: RowByKey } {
  const [table, map, wrong] = [new RowByKey(), new Map<string, number>(), [] as number[]];
  for (const [row, key] of keys) {
    if (table.add(key, row) !== (map.get(key) ?? null)) wrong.push(row);
    if (!map.has(key)) map.set(key, row);
  }
  if (table.size !== map.size) wrong.push(-1);
  return { wrong, table };
}

describe('rows by loan key', () => {
  it('gives the first row of every key', () => {
    // Every third key comes twice; lengths 1 to 405, letters of one, two and three bytes.
    const keys = Array.from({ length: 5_000 }, (_, at): [number, string] => {
      const number = at % 3 === 0 ? at + 1 : at;
      return [at + 2, `${number}${['', 'é', '€', '|', 'x'.repeat(number % 400)][number % 5]}`];
    });
    const { wrong, table } = differences(keys);
    expect(wrong).toEqual([]);
    // Rows 2 and 3 have the key of number 1, so that row 3 is nobody's first; row 5 has number 4, as row 6 has.
    expect([...table.of(new Set([2, 3, 4, 5]))].sort(([, a], [, b]) => a - b)).toEqual([
      ['1é', 2],
      ['2€', 4],
      ['4xxxx', 5],
    ]);
  });

  it('tells keys apart that stand at one place of the table', () => {
    // A new table has 1,024 places, taken by the last ten bits of the hash.
    const alike: string[] = [];
    for (let number = 0; alike.length < 100; number++) {
      const key = `loan ${number}`;
      if (((keyHash(key) ?? 1) & 1_023) === 0) alike.push(key);
    }
    expect(differences([...alike, ...alike].map((key, at) => [at, key] as const)).wrong).toEqual([]);
  });
});
