import { describe, expect, it } from '@jest/globals';
import type { CompiledDeal } from '@weir/waterfall';
import { paymentDateNamed } from './payment-date.js';

/** The 15th, moved to Monday the 16th in the second month. */
const DATES = [
  ['2025-05-15', '2025-05-15'],
  ['2025-06-15', '2025-06-16'],
] as const;
const period = ([nominalDate, paymentDate]: readonly [string, string], index: number) => ({
  period: index + 1,
  nominalDate,
  paymentDate,
});
const dealOf = (dates: readonly (readonly [string, string])[]) =>
  ({ periods: dates.map(period) }) as unknown as CompiledDeal;

describe('a payment date as reports print it', () => {
  it.each([
    ['2025-05-15', 1],
    ['05/15/2025', 1],
    ['5/15/25', 1],
    ['15.05.2025', 1],
    ['15-May-25', 1],
    ['15 May 2025', 1],
    ['May 15, 2025', 1],
    ['06/16/2025', 2],
    ['Jun. 15, 2025', 2],
    [' 2025-06-15 ', 2],
    ['05/16/2025', null],
    ['2025-02-30', null],
    ['31/31/2025', null],
    ['Mai 15, 2025', null],
    ['20250515', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(paymentDateNamed(dealOf(DATES), text)).toBe(expected);
  });

  it('is none where day and month can be read both ways', () => {
    const deal = dealOf([
      ['2025-01-02', '2025-01-02'],
      ['2025-02-01', '2025-02-01'],
    ]);
    expect(paymentDateNamed(deal, '1/2/2025')).toBeNull();
    expect(paymentDateNamed(deal, '2025-01-02')).toBe(1);
  });
});
