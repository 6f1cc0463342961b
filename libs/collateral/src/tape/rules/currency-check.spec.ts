import { describe, expect, it } from '@jest/globals';
import { type CellsByField, placesOf, readRows } from '../../testing/read-rows.js';

const AMOUNT = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' } as const;
const UNITS = { originalLoanAmount: AMOUNT, closingBalance: AMOUNT };

/** Loans of 1,000.25 lent and 900.75 left, changed by row of the file. @param common of every row */
function told(count: number, changed: Readonly<Record<number, CellsByField>>, common: CellsByField = {}) {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...{ loanNumber: `L${index}`, originalLoanAmount: '1000.25', closingBalance: '900.75', ...common },
    ...changed[index + 2],
  }));
  const result = readRows('consumer-loan', rows, UNITS);
  const places = placesOf(result, 'currency-differs').map(({ row, column, value, weight }) => [
    row,
    column,
    value,
    weight,
  ]);
  return { places, blocked: result.blocked.map(({ row }) => row), result };
}

describe('a sign of a currency among amounts that bear none', () => {
  it('is located and blocks its row', () => {
    const { places, blocked, result } = told(20, { 5: { closingBalance: '€900.75' } });
    expect(places).toEqual([[5, 'closingBalance', '€900.75', 'blocks']]);
    expect(blocked).toEqual([5]);
    expect(result.findings.find(({ rule }) => rule === 'currency-differs')?.message).toBe(
      'row 5 is in EUR (of 20 rows, 1 in EUR, 19 in none that is stated): amounts of two currencies do not add up',
    );
  });

  it('is located of every currency', () => {
    const { places } = told(30, {
      3: { closingBalance: '€900.75' },
      4: { closingBalance: '900.75 EUR' },
      9: { originalLoanAmount: '$1000.25' },
    });
    expect(places.map(([row]) => row)).toEqual([3, 4, 9]);
  });

  it('warns where more than one in ten bear it: the file writes some so', () => {
    // 3 of 29 are more than a tenth, 3 of 30 are not.
    const signed = { closingBalance: '$900.75' };
    const three = { 3: signed, 4: signed, 5: signed };
    expect(told(29, three)).toMatchObject({
      blocked: [],
      places: [[3], [4], [5]].map(([row]) => [row, 'closingBalance', '$900.75', 'warns']),
    });
    expect(told(30, three).blocked).toEqual([3, 4, 5]);
  });

  it('is none in columns that bear it, of which others do not', () => {
    const signed = { closingBalance: '$900.75' };
    expect(told(20, {}, signed).places).toEqual([]);
    // Empty but in one row, where it bears the sign.
    expect(told(20, { 4: { originalLoanAmount: '$1000.25' } }, { originalLoanAmount: '' }).places).toEqual([]);
    expect(told(20, { 4: { originalLoanAmount: '€1000.25' } }, signed).places).toEqual([
      [4, 'originalLoanAmount', '€1000.25', 'blocks'],
    ]);
  });

  it('in all amounts of the first row speaks for the columns, in one of them it does not', () => {
    expect(told(20, { 2: { originalLoanAmount: '$1000.25', closingBalance: '$900.75' } }).places).toEqual([]);
    expect(told(20, { 2: { closingBalance: '€900.75' } }).blocked).toEqual([2]);
  });
});

it('a sign beside a stated currency is held against that of its row', () => {
  // Both are dollars, which Canada's are too.
  const signs: Readonly<Record<number, string>> = { 5: '€300.25', 7: '$300.25' };
  const rows = Array.from({ length: 20 }, (_, index) => ({
    ...{ invoiceNumber: `I${index}`, currency: 'CAD', outstandingAmount: signs[index + 2] ?? '300.25' },
  }));
  const result = readRows('trade-receivable', rows, { outstandingAmount: AMOUNT });
  expect(placesOf(result, 'currency-differs')).toEqual([
    { row: 5, column: 'outstandingAmount', value: '€300.25', weight: 'blocks' },
  ]);
  expect(result.findings.find(({ rule }) => rule === 'currency-differs')?.message).toBe(
    'row 5 bears EUR, and the row states CAD: amounts of two currencies do not add up',
  );
});
