import { formatMoney, type Hex } from '@weir/money';
import { RowsNotCanonical, SumOutOfRange } from './errors.js';
import { LOAN_SUM_COLUMNS } from './loan-leaf.js';
import { assertSums } from './node-hash.js';
import type { SumLeaf } from './sum-proof.js';

const HEADER = ['id', ...LOAN_SUM_COLUMNS].join(',');
const ID = /^0x[0-9a-f]{64}$/;
const AMOUNT = /^(0|[1-9]\d*)\.(\d\d)$/;

function assertRow(row: SumLeaf, line: number): void {
  if (!ID.test(row.id)) throw new RowsNotCanonical(line, 'the id is not 0x and 64 lower-case hexadecimal digits');
  if (row.sums.length !== LOAN_SUM_COLUMNS.length) {
    throw new RowsNotCanonical(line, `it has ${row.sums.length} sums, not ${LOAN_SUM_COLUMNS.length}`);
  }
}

/**
 * Published rows in their one text form: a header, then a row a leaf in tree order; amounts with two decimals, no
 * quotes, every line ended by a line feed.
 * @throws RowsNotCanonical on a row of another shape, SumOutOfRange on a negative sum
 */
export function rowsToCsv(rows: readonly SumLeaf[]): string {
  const lines = rows.map((row, index) => {
    assertRow(row, index + 2);
    assertSums(row.sums);
    return [row.id, ...row.sums.map(formatMoney)].join(',');
  });
  return [HEADER, ...lines, ''].join('\n');
}

function parseAmount(text: string, line: number): bigint {
  const match = AMOUNT.exec(text);
  if (!match) throw new RowsNotCanonical(line, `"${text.slice(0, 40)}" is not an amount like 1234.50`);
  return BigInt(match[1] ?? 0) * 100n + BigInt(match[2] ?? 0);
}

function parseRow(text: string, line: number): SumLeaf {
  const [id = '', ...amounts] = text.split(',');
  const row = { id: id as Hex, sums: amounts.map((amount) => parseAmount(amount, line)) };
  assertRow(row, line);
  return row;
}

/**
 * Reads published rows. Only what `rowsToCsv` prints is read, so parse(print(x)) = x and print(parse(t)) = t.
 * @throws RowsNotCanonical naming the line
 */
export function parseRowsCsv(text: string): SumLeaf[] {
  const lines = text.split('\n');
  if (lines[0] !== HEADER) throw new RowsNotCanonical(1, `the header is not "${HEADER}"`);
  if (lines.pop() !== '') throw new RowsNotCanonical(lines.length + 1, 'the last line does not end in a line feed');
  const rows = lines.slice(1).map((line, index) => parseRow(line, index + 2));
  const ids = new Set<string>();
  rows.forEach((row, index) => {
    if (ids.has(row.id)) throw new RowsNotCanonical(index + 2, 'its id stands on an earlier line too');
    ids.add(row.id);
    try {
      assertSums(row.sums);
    } catch (error) {
      if (error instanceof SumOutOfRange) throw new RowsNotCanonical(index + 2, error.message);
      throw error;
    }
  });
  return rows;
}
