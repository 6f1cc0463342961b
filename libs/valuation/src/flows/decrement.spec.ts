import { describe, expect, it } from '@jest/globals';
import { addMonths } from '@weir/calendar';
import { averageLife, paymentWindow } from './average-life.js';
import { decrementTable, decrementText } from './decrement.js';
import type { SecurityFlows } from './security-flows.js';

function monthly(principal: number[], first = '2020-08-15'): SecurityFlows {
  const dates = principal.map((_, i) => addMonths(first, i));
  return { dates, principal: Float64Array.from(principal), interest: new Float64Array(principal.length) };
}

describe('average life and window', () => {
  it('weighs years of 30/360 from settlement by principal', () => {
    const flows = { ...monthly([0, 0]), dates: ['2021-07-15', '2022-07-15'], principal: Float64Array.of(60, 40) };
    expect(averageLife(flows, '2020-07-15')).toBeCloseTo(0.6 * 1 + 0.4 * 2, 12);
    expect(averageLife(flows, '2021-07-15')).toBeCloseTo(1, 12); // what was paid by then no longer counts
    expect(averageLife(flows, '2022-07-15')).toBeNull();
    expect(averageLife(flows, '2020-07-15', 'ACT/365F')).toBeCloseTo(0.6 + (0.4 * 730) / 365, 12);
  });

  it('finds the first and the last principal payment', () => {
    const flows = monthly([0, 0, 10, 0, 20, 0.2, 0]);
    expect(paymentWindow(flows)).toEqual({ first: '2020-10-15', last: '2020-12-15', payments: 3 });
    expect(paymentWindow(flows, 0.1)?.last).toBe('2021-01-15');
    expect(paymentWindow(monthly([0, 0]))).toBeNull();
  });
});

describe('a decrement table', () => {
  it('prints whole percent, half up, and a star for a remainder under a half', () => {
    expect([1, 0.505, 0.494, 0.005, 0.0049, 0.000001, 0, 1.217].map(decrementText)).toEqual([
      '100',
      '51',
      '49',
      '1',
      '*',
      '*',
      '0',
      '122',
    ]);
  });

  it('has a row for each anniversary until all columns are paid off', () => {
    // 1,000 in 26 payments: 40 a month leaves 520 after 12, 40 after 24, nothing after 25.
    const slow = monthly([...Array.from({ length: 25 }, () => 40)]);
    // 80 a month leaves 40 of 1,000 after 12, nothing after 13.
    const fast = monthly([...Array.from({ length: 12 }, () => 80), 40]);
    const columns = [
      { name: '0 % ABS', flows: slow },
      { name: '1.5 % ABS', flows: fast },
    ];
    const terms = { original: 1000, initial: '2020-07-15', settlement: '2020-07-15' };
    const table = decrementTable(columns, terms);
    expect(table.columns).toEqual(['0 % ABS', '1.5 % ABS']);
    expect(table.rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])).toEqual([
      ['Initial', '100', '100'],
      ['2021-07', '52', '4'],
      ['2022-07', '4', '0'],
      ['2023-07', '0', '0'],
    ]);
    // mean of 1 … 25 months; (80 × (1 + … + 12) + 40 × 13) ÷ 1,000 months
    expect(table.averageLives[0]).toBeCloseTo(13 / 12, 12);
    expect(table.averageLives[1]).toBeCloseTo((80 * 78 + 40 * 13) / 1000 / 12, 12);
  });

  it('lets an accreting class grow beyond 100', () => {
    const flows = monthly([...Array.from({ length: 12 }, () => -5), 1060]);
    const table = decrementTable([{ name: 'Z', flows }], {
      original: 1000,
      initial: '2020-07-30',
      settlement: '2020-07-30',
    });
    expect(table.rows.map(({ cells }) => cells[0]?.text)).toEqual(['100', '106', '0']);
  });
});
