import { describe, expect, it } from '@jest/globals';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;

function read(...rows: string[][]) {
  const source = { columns: ['loanNumber', 'closingBalance', 'region'], headerRow: 1 };
  const options = { assetClass: CONSUMER, loanKey: ['loanNumber'], mapping: null, periodNeeded: false };
  const reader = new TapeReader(source, options);
  rows.forEach((cells, index) => reader.read({ row: index + 2, cells }));
  const { sums, blocked, findings, distinctKeys } = reader.finish();
  return { sum: sums.closingBalance, blocked, distinctKeys, rules: findings.map(({ rule, row }) => `${row} ${rule}`) };
}

const LOANS = [
  ['L1', '100.00', 'CA'],
  ['L2', '250.50', 'NY'],
  ['L3', '49.50', 'CA'],
];

describe('a row of totals', () => {
  it.each([
    [['Total', '400.00', '']],
    [['', '', 'Summe:']],
    [['GRAND TOTAL', '1.00', '']],
    [['4', '400.00', '']],
    [['', '400.00', '']],
  ])('is no loan, counts in no sum and is told: %j', (totals) => {
    const found = read(...LOANS, totals);
    expect(found).toMatchObject({ sum: 40_000n, distinctKeys: 3, blocked: [{ row: 5, key: null }] });
    expect(found.rules).toContain('5 totals-row');
  });

  it('is not a loan that only resembles one', () => {
    expect(read(...LOANS, ['Total-7', '400.01', 'CA'])).toMatchObject({ sum: 80_001n, blocked: [], rules: [] });
    expect(read(['L1', '5.00', ''], ['L2', '5.00', '']).blocked).toEqual([]);
    expect(read(...LOANS.map(([key]) => [key ?? '', '0.00', '']), ['L4', '0.00', '']).blocked).toEqual([]);
  });
});
