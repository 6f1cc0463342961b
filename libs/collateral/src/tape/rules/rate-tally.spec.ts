import { describe, expect, it } from '@jest/globals';
import type { NumberUnit } from '../mapping/mapping.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

/** Reads a file of rates by a mapping; twelve usual ones, then those given. */
function judge(scale: NumberUnit['scale'], usual: string, others: readonly string[], count = 12) {
  const unit: NumberUnit = { kind: 'number', decimal: '.', thousands: '', scale, negative: 'minus' };
  const columns = ['Id', 'APR', 'Bal'];
  const mapping = {
    form: 1 as const,
    assetClass: 'consumer-loan',
    columns: [
      { column: 'Id', field: 'loanNumber', unit: null },
      { column: 'APR', field: 'interestRate', unit },
      { column: 'Bal', field: 'closingBalance', unit: null },
    ],
  };
  const assetClass = assetClassNamed('consumer-loan') as AssetClass;
  const reader = new TapeReader(
    { columns, headerRow: 1 },
    { assetClass, loanKey: ['loanNumber'], mapping, periodNeeded: false },
  );
  const rates = [...Array.from({ length: count }, () => usual), ...others];
  rates.forEach((rate, index) => reader.read({ row: index + 2, cells: [`L${index}`, rate, '1000.00'] }));
  const { findings, blocked } = reader.finish();
  const told = findings.filter(({ rule }) => rule === 'impossible-rate');
  return { told, findings, blocked: blocked.map(({ row }) => row) };
}

describe('a rate that none of its column can be', () => {
  it('blocks its row and says what it seems to be', () => {
    // Rows 2 to 13 are usual; 1499 % is a hundred times 14.99 %.
    const { told, blocked, findings } = judge('percentage', '14.99', ['1499.00', '14.49']);
    expect(told.map(({ row, column, value, weight }) => [row, column, value, weight])).toEqual([
      [14, 'APR', '1499.00', 'blocks'],
    ]);
    expect(told[0]?.message).toContain('which is 1,499 %, where the middle one of the column is 14.99 %');
    expect(told[0]?.remedy).toContain('14.99 %, if the cell is basis points among percentages');
    expect(blocked).toEqual([14]);
    expect(findings.some(({ rule }) => rule === 'unit-differs')).toBe(false);
  });

  it('is a percentage among fractions, and a rate below nothing', () => {
    expect(judge('fraction', '0.1499', ['14.99']).told[0]?.remedy).toContain('a percentage among fractions');
    const below = judge('percentage', '14.99', ['-14.99', '-0.50']);
    expect(below.told.map(({ row, value }) => [row, value])).toEqual([[14, '-14.99']]);
  });

  it('is told after the first rows too', () => {
    expect(judge('percentage', '14.99', ['1499.00'], 250).blocked).toEqual([252]);
  });

  it('is none that is high as others are, nor one within twenty times the middle one', () => {
    expect(judge('percentage', '99.00', ['420.00']).told).toEqual([]);
    expect(judge('percentage', '14.99', ['149.90', '99.00', '0.00']).told).toEqual([]);
    // Of few rates nothing is known but that none is above 1,000 %.
    expect(judge('percentage', '14.99', ['999.00'], 1).told).toEqual([]);
    expect(judge('percentage', '14.99', ['1499.00'], 1).blocked).toEqual([3]);
  });
});
