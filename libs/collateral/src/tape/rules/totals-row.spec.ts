import { describe, expect, it } from '@jest/globals';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';
import { ofRows } from '../../testing/of-rows.js';

const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;

function read(...rows: string[][]) {
  const source = { columns: ['loanNumber', 'closingBalance', 'region'], headerRow: 1 };
  const options = { assetClass: CONSUMER, loanKey: ['loanNumber'], mapping: null, periodNeeded: false };
  const reader = new TapeReader(source, options);
  rows.forEach((cells, index) => reader.read({ row: index + 2, cells }));
  const { sums, blocked, findings, distinctKeys } = reader.finish();
  return {
    sum: sums.closingBalance,
    blocked,
    distinctKeys,
    rules: ofRows(findings).map(({ rule, row }) => `${row} ${rule}`),
  };
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
    expect(read(...LOANS, ['L4', '400.00', 'Total Fields']).blocked).toMatchObject([{ row: 5 }]);
    expect(read(...LOANS, ['L4', '120.00', 'Total Fields']).blocked).toEqual([]);
    expect(read(['SUM 1001', '100.00', ''], ['SUM 1002', '70.00', '']).blocked).toEqual([]);

    expect(read(...LOANS, ['Total-7', '400.01', 'CA'])).toMatchObject({ sum: 80_001n, blocked: [], rules: [] });
    expect(read(['L1', '5.00', ''], ['L2', '5.00', '']).blocked).toEqual([]);
    expect(read(...LOANS.map(([key]) => [key ?? '', '0.00', '']), ['L4', '0.00', '']).blocked).toEqual([]);
  });
});

/** Two groups of 350.50 and 49.50, each with a subtotal that a cell names, and 400.00 in all. */
const GROUPS = (subtotal: (group: string) => string, total: string): string[][] => [
  ['L1', '100.00', 'CA'],
  ['L2', '250.50', 'CA'],
  [subtotal('CA'), '350.50', ''],
  ['L3', '49.50', 'NY'],
  [subtotal('NY'), '49.50', ''],
  [total, '400.00', ''],
];

describe('rows of totals of groups', () => {
  it.each([
    ['Subtotal', 'Grand Total'],
    ['Sub-total', 'Total'],
    ['Zwischensumme', 'Gesamtsumme'],
    ['Summe', 'Gesamt'],
    ['Sous-total', 'Total général'],
    ['Suma', 'Total general'],
    ['Subtotale', 'Totale generale'],
    ['Subtotaal', 'Eindtotaal'],
  ])('are no loans and are told where they stand: %s, %s', (word, total) => {
    const found = read(...GROUPS((group) => `${word} ${group}`, total));
    expect(found).toMatchObject({ sum: 40_000n, distinctKeys: 3 });
    expect(found.rules).toEqual(['4 totals-row', '6 totals-row', '7 totals-row']);
  });

  it('may be named behind the group, in another column, or state another amount', () => {
    expect(read(...GROUPS((group) => `${group} Ergebnis`, 'Gesamtergebnis')).sum).toBe(40_000n);
    const aside = GROUPS((group) => `${group} Total`, 'Total').map(([key = '', sum = '', region = '']) =>
      key.startsWith('L') ? [key, sum, region] : ['', sum, key],
    );
    expect(read(...aside)).toMatchObject({ sum: 40_000n, blocked: [{ row: 4 }, { row: 6 }, { row: 7 }] });
    const wrong = GROUPS((group) => `Subtotal ${group}`, 'Total').map((row) =>
      row[1] === '350.50' ? ['Subtotal CA', '9', ''] : row,
    );
    expect(read(...wrong)).toMatchObject({ sum: 40_000n, distinctKeys: 3 });
  });

  it('are found by their sum where nothing names them', () => {
    const loans = (from: number): string[][] => [0, 1, 2].map((one) => [`L${from + one}`, '10.00', 'CA']);
    // 30.00 each, of three rows
    const found = read(...loans(1), ['3', '30.00', ''], ...loans(4), ['33', '30.00', '']);
    expect(found).toMatchObject({ sum: 6_000n, blocked: [{ row: 5 }, { row: 9 }] });
  });
});
