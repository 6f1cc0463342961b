import { describe, expect, it } from '@jest/globals';
import { smallDeal, valuesOf } from '../../../fixtures/small-deal.js';

const SCALE = 10n ** 12n;
const three = [{}, {}, {}];

describe('dates in formulas', () => {
  it('are day numbers', () => {
    // 15 January 2025 is day 20,103: 55 years of 365 days, 14 leap days from 1972 to 2024 and 14 days
    expect(55 * 365 + 14 + 14).toBe(20_103);
    expect(valuesOf('closingDate', three)).toEqual([20_103n, 20_103n, 20_103n]);
    // 31 days of January after the 15th, then 28 of February, then 31 of March
    expect(valuesOf('paymentDate', three)).toEqual([20_134n, 20_162n, 20_193n]);
    expect(valuesOf('previousPaymentDate', three)).toEqual([20_103n, 20_134n, 20_162n]);
    // 1 January to 31 January is day 20,089 to 20,119
    expect(valuesOf('collectionFrom', three)).toEqual([20_089n, 20_120n, 20_148n]);
    expect(valuesOf('collectionTo', three)).toEqual([20_119n, 20_147n, 20_178n]);
  });

  it('give days, and take days', () => {
    expect(valuesOf('daysInPeriod', three)).toEqual([31n * SCALE, 28n * SCALE, 31n * SCALE]);
    expect(valuesOf('paymentDate - previousPaymentDate', three)).toEqual([31n * SCALE, 28n * SCALE, 31n * SCALE]);
    expect(valuesOf('previousPaymentDate - paymentDate', three)).toEqual([-31n * SCALE, -28n * SCALE, -31n * SCALE]);
    expect(valuesOf('paymentDate - closingDate - 1', three)).toEqual([30n * SCALE, 58n * SCALE, 89n * SCALE]);
    expect(valuesOf('paymentDate + 2', [{}])).toEqual([20_136n]);
    expect(valuesOf('paymentDate - daysInPeriod', [{}])).toEqual([20_103n]);
    expect(valuesOf('1000.00 EUR * (paymentDate - closingDate) / 31', [{}])).toEqual([100_000n]);
  });

  it('compare with literals', () => {
    expect(valuesOf('if(paymentDate >= 2025-03-15, 1, 0)', three)).toEqual([0n, SCALE, SCALE]);
    expect(valuesOf('max(paymentDate, 2025-03-01)', three)).toEqual([20_148n, 20_162n, 20_193n]);
    expect(valuesOf('period', three)).toEqual([SCALE, 2n * SCALE, 3n * SCALE]);
  });

  it('come in reports', () => {
    const report = ['d: date'];
    expect(valuesOf('d - paymentDate', [{ d: '2025-02-17' }], { report })).toEqual([2n * SCALE]);
  });
});

describe('schedules', () => {
  it('hold their last value', () => {
    const schedules = ['pac: {unit: money, values: [100.00, 90.00]}', 'spread: {unit: rate, values: [1 %, -0.5 %]}'];
    expect(valuesOf('pac', three, { schedules })).toEqual([10_000n, 9_000n, 9_000n]);
    expect(valuesOf('spread', three, { schedules })).toEqual([10_000_000_000n, -5_000_000_000n, -5_000_000_000n]);
  });

  it('step on a date or a payment date', () => {
    const schedules = ['n: {unit: money, values: {2: 5.00, 3: 7.00}}', 'd: {unit: money, values: {2025-03-15: 5.00}}'];
    expect(valuesOf('n', three, { schedules })).toEqual([0n, 500n, 700n]);
    expect(valuesOf('d', three, { schedules })).toEqual([0n, 500n, 500n]);
  });

  it('share a column when they are equal and take none when they never change', () => {
    const schedules = ['a: {unit: money, values: [1.00, 2.00]}', 'b: {unit: money, values: [1.00, 2.00]}'];
    const { program } = smallDeal({
      schedules: [...schedules, 'c: {unit: money, values: [3.00]}'],
      formulas: ['x: a + b + c'],
    });
    expect(program.rows.slice(0, 3)).toEqual([[100n], [200n], [200n]]);
  });
});
