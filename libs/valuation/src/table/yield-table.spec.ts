import { describe, expect, it } from '@jest/globals';
import { bullet } from '../testing/bullet.js';
import { marginPriceTable, marginTable, priceTable, yieldTable } from './yield-table.js';

const settlement = '2024-01-15';
const quote = { settlement, balance: 100 };

describe('tables over scenarios', () => {
  const cases = [
    { name: '100 % PSA', toMaturity: bullet(0.06, 4, 6, settlement), toCall: bullet(0.06, 2, 6, settlement) },
    { name: '200 % PSA', toMaturity: bullet(0.06, 1, 6, settlement) },
  ];

  it('gives yields to call and to maturity at each price, with life, window and duration', () => {
    const table = yieldTable([100, 99], cases, quote);
    expect(table.columns.map(({ name, horizon }) => `${name} to ${horizon}`)).toEqual([
      '100 % PSA to call',
      '100 % PSA to maturity',
      '200 % PSA to maturity',
    ]);
    expect(table.columns.map(({ averageLife }) => averageLife)).toEqual([1, 2, 0.5]);
    expect(table.columns[1]?.window).toEqual({ first: '2026-01-15', last: '2026-01-15', payments: 1 });
    for (const { values } of table.columns) expect(values[0]).toBeCloseTo(0.06, 10);
    // 103 in half a year for 99; modified duration 0.5 ÷ (103 ÷ 99)
    expect(table.columns[2]?.values[1]).toBeCloseTo(2 * (103 / 99 - 1), 10);
    expect(table.columns[2]?.modifiedDurations[1]).toBeCloseTo((0.5 * 99) / 103, 10);
  });

  it('gives the prices back at those yields', () => {
    const table = priceTable([0.06, 2 * (103 / 99 - 1)], cases, quote);
    for (const { values } of table.columns) expect(values[0]).toBeCloseTo(100, 9);
    expect(table.columns[2]?.values[1]).toBeCloseTo(99, 9);
  });

  it('leaves a cell empty where nothing is paid or no yield exists', () => {
    const late = { ...quote, settlement: '2024-07-15' };
    expect(yieldTable([100, -5], cases, late).columns.map(({ values }) => values.map((v) => v === null))).toEqual([
      [false, true],
      [false, true],
      [true, true],
    ]);
  });

  it('gives discount margins and their prices, each case on its own index', () => {
    const floaters = [0.04, 0.05].map((index) => ({
      name: `index ${index}`,
      toMaturity: bullet(index + 0.01, 4, 3, settlement),
      index: new Float64Array(4).fill(index),
    }));
    for (const { values } of marginTable([100], floaters, quote).columns) expect(values[0]).toBeCloseTo(0.01, 10);
    for (const { values } of marginPriceTable([0.01], floaters, quote).columns) expect(values[0]).toBeCloseTo(100, 9);
    expect(() => marginTable([100], cases, quote)).toThrow('index');
  });

  it('discounts at the days that the class accrues by: an ACT/360 floater at par has its own margin', () => {
    // 182 days from 15 January to 15 July 2024 at 4 % + 1 %; on 30/360 the same cash would be half a year's.
    const toMaturity = {
      dates: ['2024-07-15'],
      principal: Float64Array.of(100),
      interest: Float64Array.of((5 * 182) / 360),
    };
    const entry = { name: 'floater', toMaturity, index: Float64Array.of(0.04) };
    const marginOn = (basis: 'ACT/360' | '30/360') =>
      marginTable([100], [{ ...entry, basis }], quote).columns[0]?.values[0];
    expect(marginOn('ACT/360')).toBeCloseTo(0.01, 10);
    expect(marginOn('30/360')).toBeCloseTo((0.05 * 182) / 180 - 0.04, 10);
  });
});
