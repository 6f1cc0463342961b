import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '@weir/collateral';
import type { LoanLayout, StoredField } from './loan-columns.js';
import { LoanLines } from './loan-line.js';

const FIELDS = ['amount', 'rate', 'count', 'score', 'name', 'flag', 'note', 'fee', 'kept'];
const field = (name: string, kind: StoredField['kind']): StoredField => ({ name, kind });
const LAYOUT: LoanLayout = {
  columns: [
    { column: 'a', field: field('amount', 'money') },
    { column: 'b', field: field('rate', 'rate') },
    { column: 'c', field: field('count', 'integer') },
    { column: 'd', field: field('score', 'score') },
    { column: 'e', field: field('name', 'text') },
    { column: 'f', field: field('flag', 'flag') },
    { column: 'g', field: null },
    { column: 'h', field: field('absent', 'money') },
  ],
  others: [field('note', 'text'), field('fee', 'money'), field('kept', 'flag')],
};

function lineOf(values: FieldValue[], layout = LAYOUT, key: string | null = 'K'): string {
  const lines = new LoanLines('m\tt\td', layout, FIELDS);
  lines.add({ key, row: 7, values });
  return lines.take().toString('utf8');
}

describe('lines of COPY', () => {
  it('hold what has a column in its column and the rest in an array', () => {
    expect(lineOf([123_456n, 46_100_000_000n, 60, 700, 'CA', true, 'x y', 5n, false])).toBe(
      'm\tt\td\tK\t7\t1234.56\t46100000000\t60\t700\tCA\ttrue\t\\N\t\\N\t{"x y",5,false}\n',
    );
  });

  it('keep apart what is not stated, an empty text, and a text that reads NULL', () => {
    expect(lineOf([null, null, null, 'none', '', null, 'NULL', null, null], LAYOUT, null)).toBe(
      'm\tt\td\t\t7\t\\N\t\\N\t\\N\t\\N\t\t\\N\t\\N\t\\N\t{"NULL",NULL,NULL}\n',
    );
    const none = { ...LAYOUT, others: [] };
    expect(lineOf([0n, 0n, 0, 0, 'x', null, null, null, null], none)).toMatch(
      /^m\tt\td\tK\t7\t0\.00\t0\t0\t0\tx\t.*\t\\N\n$/,
    );
  });

  it.each<[bigint, string]>([
    [0n, '0.00'],
    [5n, '0.05'],
    [-5n, '-0.05'],
    [99n, '0.99'],
    [100n, '1.00'],
    [1_000_000_000_00n, '1000000000.00'],
    [-90_071_992_547_409_91n, '-90071992547409.91'],
    [100_000_000_000_000_000_001n, '1000000000000000000.01'],
  ])('write %d cents', (cents, text) => {
    expect(lineOf([cents]).split('\t')[5]).toBe(text);
  });

  it.each<[string, string, string]>([
    ['a tab, a break, a backslash', 'a\tb\r\n\\', 'a\\tb\\r\\n\\\\'],
    ['letters beyond ASCII', 'Škoda €', 'Škoda €'],
    ['a zero character', 'a\0', 'a\ufffd'],
  ])('escape %s', (_, text, written) => {
    expect(lineOf([null, null, null, null, text])).toContain(`\\N\t${written}\t\\N\t`);
  });

  it('escape for the array and for COPY', () => {
    const line = lineOf([null, null, null, null, null, null, 'say "a\\b"\tc']);
    // An array escapes quote and backslash by a backslash; COPY doubles every backslash and writes \t for a tab.
    expect(line).toContain('{"say \\\\"a\\\\\\\\b\\\\"\\tc",NULL,NULL}');
  });

  it('grow with what they hold', () => {
    const long = 'é'.repeat(300_000);
    expect(lineOf([null, null, null, null, long])).toContain(`\t${long}\t`);
  });
});
