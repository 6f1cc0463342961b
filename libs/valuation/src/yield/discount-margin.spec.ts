import { describe, expect, it } from '@jest/globals';
import { bullet } from '../testing/bullet.js';
import { discountMargin, priceAtMargin } from './discount-margin.js';

const settlement = '2024-01-15';

describe('discount margin', () => {
  it('is the quoted margin at par: quarterly floater, index 4 %, margin 2 %', () => {
    const flows = bullet(0.06, 8, 3, settlement);
    const quote = { settlement, balance: 100, index: new Float64Array(8).fill(0.04) };
    expect(priceAtMargin(flows, 0.02, quote)).toBeCloseTo(100, 10);
    expect(discountMargin(flows, 100, quote)).toBeCloseTo(0.02, 10);
  });

  it('solves the last period by hand: 101.50 in a quarter for 99', () => {
    const quote = { settlement, balance: 100, index: Float64Array.of(0.04) };
    // 1 + (0.04 + m) ÷ 4 = 101.5 ÷ 99
    const expected = (101.5 / 99 - 1) * 4 - 0.04;
    expect(discountMargin(bullet(0.06, 1, 3, settlement), 99, quote)).toBeCloseTo(expected, 10);
  });

  it('compounds period by period over a moving index, after settlement only', () => {
    const flows = {
      dates: ['2024-01-15', '2024-04-15', '2024-07-15'],
      ...{
        principal: Float64Array.of(0, 0, 100),
        interest: Float64Array.of(1, 2, 3),
      },
    };
    const quote = { settlement, balance: 100, accrued: 0.5, index: Float64Array.of(9, 0.04, 0.06) };
    // 2 ÷ 1.0125 + 103 ÷ (1.0125 × 1.0175) at a margin of 1 %, less 0.50 accrued
    expect(priceAtMargin(flows, 0.01, quote)).toBeCloseTo(2 / 1.0125 + 103 / (1.0125 * 1.0175) - 0.5, 10);
  });

  it('finds margins far below zero', () => {
    const quote = { settlement, balance: 100, index: new Float64Array(4).fill(0.04) };
    const flows = bullet(0.05, 4, 3, settlement);
    expect(discountMargin(flows, priceAtMargin(flows, -1.5, quote), quote)).toBeCloseTo(-1.5, 9);
  });

  it('asks for an index for every payment date', () => {
    const quote = { settlement, balance: 100, index: Float64Array.of(0.04) };
    expect(() => discountMargin(bullet(0.06, 2, 3, settlement), 99, quote)).toThrow('one rate for every payment date');
  });
});
