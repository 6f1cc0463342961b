import { describe, expect, it } from '@jest/globals';
import { valuesOf } from '../../../fixtures/small-deal.js';

const REPORT = ['a: signed money', 'b: signed money', 'r: signed rate', 'q: signed ratio', 'm: money'];
const one = (formula: string, report: Record<string, bigint | string>): bigint | undefined =>
  valuesOf(formula, [report], { report: REPORT })[0];

describe('values that may be negative', () => {
  it.each<[string, Record<string, bigint | string>, bigint]>([
    // −3.00 and 5.00
    ['a + b', { a: -300n, b: 500n }, 200n],
    ['a - b', { a: -300n, b: 500n }, -800n],
    ['max(a, b)', { a: -300n, b: -500n }, -300n],
    ['min(a, b)', { a: -300n, b: -500n }, -500n],
    ['max(a, b, -1.00 EUR)', { a: -300n, b: -500n }, -100n],
    ['min(a, 0)', { a: -300n }, -300n],
    ['min(0, a)', { a: 300n }, 0n],
    ['max(a - m, b)', { a: 100n, b: -700n, m: 900n }, -700n],
    ['abs(a)', { a: -300n }, 300n],
    ['abs(a - b)', { a: -300n, b: 500n }, 800n],
    ['if(a < b, a, b)', { a: -300n, b: 500n }, -300n],
    ['if(a > b, m, -m)', { a: -300n, b: 500n, m: 9n }, -9n],
    // 5 % of −3.30 is −0.165: its magnitude rounds half up
    ['5 % * a', { a: -330n }, -17n],
    ['roundDown(5 % * a)', { a: -330n }, -16n],
    ['-5 % * a', { a: -330n }, 17n],
    ['-5 % * m', { m: 330n }, -17n],
    // −2.00 × −3 % = 0.06; −2.00 × 3 % = −0.06
    ['a * r', { a: -200n, r: '-3 %' }, 6n],
    ['a * r', { a: -200n, r: '3 %' }, -6n],
    ['a * r * q', { a: -200n, r: '-3 %', q: '-0.5' }, -3n],
    // 10.00 ÷ −4 = −2.50
    ['m / q', { m: 1_000n, q: '-4' }, -250n],
    // −10.00 ÷ −4.00 as a ratio is 2.5
    ['a / b', { a: -1_000n, b: -400n }, 2_500_000_000_000n],
    ['r * q', { r: '-3 %', q: '0.5' }, -15_000_000_000n],
    ['r + 2 %', { r: '-3 %' }, -10_000_000_000n],
    ['max(r, 0)', { r: '-3 %' }, 0n],
  ])('%s of %j is %d', (formula, report, expected) => {
    expect(one(formula, report)).toBe(expected);
  });

  it('compares what may be negative', () => {
    const on = (formula: string): bigint | undefined => one(`if(${formula}, 1, 0)`, { a: -300n, b: -500n, r: '-1 %' });
    expect(['a > b', 'a < b', 'a >= -3.00 EUR', 'a = b', 'a != b', 'r < 0', '-a < -b'].map(on)).toEqual(
      [1n, 0n, 1n, 0n, 1n, 1n, 1n].map((flag) => flag * 10n ** 12n),
    );
  });
});

describe('products', () => {
  it('multiply any number of factors exactly and round once', () => {
    // 1,000.00 × 7.5 % × 0.25 × 31 ÷ 360 = 1.614583…; with a rounding between, 18.75 × 31 ÷ 360 = 1.6145…
    expect(one('m * r * q * daysInPeriod / 360', { m: 100_000n, r: '7.5 %', q: '0.25' })).toBe(161n);
    // 0.03 × 0.5 × 3 = 0.045 rounds up once; 0.02 × 3 would be 0.06
    expect(one('m * q * 3', { m: 3n, q: '0.5' })).toBe(5n);
    // 5.00 ÷ 3.00 ÷ 2 × 0.06 = 0.05
    expect(one('m / (a / 1) / 2 * 0.06 EUR', { m: 500n, a: 300n })).toBe(5n);
  });

  it('divide only in the arm of an if that is chosen', () => {
    expect(one('if(a > 0, m / a * 1.00 EUR, 7.00 EUR)', { m: 100n, a: 0n })).toBe(700n);
    expect(one('if(a > 0, m / a * 1.00 EUR, 7.00 EUR)', { m: 100n, a: 50n })).toBe(200n);
    expect(one('if(a > 0, -m / a * 1.00 EUR, 7.00 EUR)', { m: 100n, a: 50n })).toBe(-200n);
  });
});

describe('rounding to a multiple', () => {
  it.each<[string, bigint, bigint]>([
    ['roundDown(a, 1000.00 EUR)', 123_456_789n, 123_400_000n],
    ['roundUp(a, 1000.00 EUR)', 123_456_789n, 123_500_000n],
    ['roundHalfUp(a, 10.00 EUR)', 1_500n, 2_000n],
    ['roundHalfUp(a, 10.00 EUR)', 1_499n, 1_000n],
    ['roundDown(a, 10.00 EUR)', -1_999n, -1_000n],
    ['roundUp(a, 10.00 EUR)', -1_001n, -2_000n],
    // 1/3 of 30,000.50 is 10,000.1666…, which only roundUp takes to the next 5.00
    ['roundUp(a / 3, 5.00 EUR)', 3_000_050n, 1_000_500n],
    // 1/3 of 14.99 is 4.9966…, below half of 10.00; to the cent first it would be 5.00 and go up
    ['roundHalfUp(a / 3, 10.00 EUR)', 1_499n, 0n],
    ['roundHalfUp(a / 3, 10.00 EUR)', -1_499n, 0n],
    ['roundHalfUp(a / 3, 10.00 EUR)', -1_500n, -1_000n],
    ['roundUp(a / 3, 0.05 EUR) + 1.00 EUR', -1_501n, -405n],
  ])('%s of %d is %d', (formula, a, expected) => {
    expect(one(formula, { a })).toBe(expected);
  });

  it('rounds rates', () => {
    // 4.30717 % to the next higher 0.0001 %, and to the nearest 1/8 %
    expect(one('roundUp(r, 0.0001 %)', { r: '4.30717 %' })).toBe(43_072_000_000n);
    expect(one('roundHalfUp(r, 0.125 %)', { r: '4.30717 %' })).toBe(42_500_000_000n);
  });
});
