import { describe, expect, it } from '@jest/globals';
import { addMonths } from '@weir/calendar';
import { AS_SCHEDULED, projectPool } from '@weir/collateral';
import fc from 'fast-check';
import { FlowsInvalid, RootNotBracketed } from '../errors.js';
import { averageLife } from '../flows/average-life.js';
import type { SecurityFlows } from '../flows/security-flows.js';
import { bullet } from '../testing/bullet.js';
import { accruedInterest } from './accrued.js';
import { delayedDates } from './delay.js';
import { convertYield, priceAt, yieldAt } from './price-yield.js';
import { effectiveRisk, yieldRisk } from './risk.js';

/** 9 % pass-through with 9.5 % loans of 360 months at 150 % PSA, issued 1988-02-01, paid with 14 days of delay. */
function ginnieMae(): SecurityFlows {
  const line = { balance: 100, grossRate: 0.095, netRate: 0.09, remainingTerm: 360, age: 0 };
  const flows = projectPool([line], { ...AS_SCHEDULED, prepayment: { model: 'PSA', speed: 1.5 } });
  const ends = Array.from({ length: flows.months }, (_, i) => addMonths('1988-02-01', i + 1));
  return { dates: delayedDates(ends, 14), principal: flows.principal, interest: flows.netInterest };
}

describe('the worked example of Uniform Practices SF-51', () => {
  const flows = ginnieMae();
  const issue = { settlement: '1988-02-01', balance: 100 };

  it('yields 9.10675 % at par at issue, 8.93863 % as a mortgage yield', () => {
    const rate = yieldAt(flows, 100, issue);
    expect(100 * rate).toBeCloseTo(9.10675, 5);
    expect(100 * convertYield(rate, 'semi-annual', 'monthly')).toBeCloseTo(8.93863, 5);
    expect(yieldAt(flows, 100, { ...issue, compounding: 'monthly' })).toBeCloseTo(0.0893863, 7);
  });

  it('has the published average life, durations and convexity', () => {
    const { macaulay, modified, convexity } = yieldRisk(flows, yieldAt(flows, 100, issue), issue);
    expect(averageLife(flows, issue.settlement)).toBeCloseTo(9.77844, 5);
    expect(macaulay).toBeCloseTo(5.73147, 5);
    expect(modified).toBeCloseTo(5.48186, 5);
    expect(convexity / 100).toBeCloseTo(0.544326, 6); // published per percent squared
  });

  it('yields 9.10644 % when it settles seven days later with the interest accrued', () => {
    const settlement = '1988-02-08';
    const accrued = accruedInterest({ balance: 100, coupon: 0.09, basis: '30/360', from: '1988-02-01' }, settlement);
    expect(accrued).toBeCloseTo(0.175, 12); // 9 × 7 ÷ 360
    expect(100 * yieldAt(flows, 100, { settlement, balance: 100, accrued })).toBeCloseTo(9.10644, 5);
  });

  it('has the published effective duration and convexity', () => {
    const { duration, convexity } = effectiveRisk({ down: 100.541, base: 100, up: 99.453 }, 0.001);
    expect(duration).toBeCloseTo(5.44, 10);
    expect(convexity / 100).toBeCloseTo(-0.6, 10);
  });
});

describe('level-coupon bonds', () => {
  // F. J. Fabozzi, Bond Markets, Analysis and Strategies, chapter on price volatility: yields of 9 %, semi-annual.
  it.each([
    [0.09, 10, 100, 4.13, 3.96],
    [0.09, 50, 100, 10.33, 9.88],
    [0.06, 10, 88.1309, 4.35, 4.16],
    [0.06, 50, 70.357, 11.1, 10.62],
  ])('%f coupon, %i half years: price %f, Macaulay %f, modified %f', (coupon, halves, price, macaulay, modified) => {
    const flows = bullet(coupon, halves, 6, '2024-01-15');
    const quote = { settlement: '2024-01-15', balance: 100 };
    expect(priceAt(flows, 0.09, quote)).toBeCloseTo(price, 4);
    const risk = yieldRisk(flows, 0.09, quote);
    expect(risk.macaulay).toBeCloseTo(macaulay, 2);
    expect(risk.modified).toBeCloseTo(modified, 2);
  });

  it.each([
    ['annual', 12],
    ['semi-annual', 6],
    ['quarterly', 3],
    ['monthly', 1],
  ] as const)('is at par when the %s yield is the coupon', (compounding, months) => {
    const quote = { settlement: '2024-01-15', balance: 100, compounding };
    expect(yieldAt(bullet(0.05, 24, months, '2024-01-15'), 100, quote)).toBeCloseTo(0.05, 11);
  });

  it('counts ACT/365F and ACT/360 by days', () => {
    const flows = { dates: ['2025-01-15'], principal: Float64Array.of(100), interest: Float64Array.of(5) };
    const quote = { settlement: '2024-01-15', balance: 100, compounding: 'annual' } as const;
    // 366 days: 105 ÷ 1.05^(366 ÷ 365) and 105 ÷ 1.05^(366 ÷ 360)
    expect(priceAt(flows, 0.05, { ...quote, basis: 'ACT/365F' })).toBeCloseTo(105 * 1.05 ** (-366 / 365), 10);
    expect(priceAt(flows, 0.05, { ...quote, basis: 'ACT/360' })).toBeCloseTo(105 * 1.05 ** (-366 / 360), 10);
  });

  it('leaves out what was paid up to settlement', () => {
    const flows = bullet(0.06, 4, 6, '2023-01-15');
    // one coupon of 3 and 100 are left, half a year ahead: 103 ÷ 1.03
    expect(priceAt(flows, 0.06, { settlement: '2024-07-15', balance: 100 })).toBeCloseTo(100, 10);
  });
});

describe('notional, principal-only and accreting classes', () => {
  const dates = ['2025-01-15', '2026-01-15'];
  const quote = { settlement: '2024-01-15', balance: 100, compounding: 'annual' } as const;

  it('pays only interest on a notional, and may yield less than nothing', () => {
    const flows = {
      dates,
      principal: Float64Array.of(50, 50),
      interest: Float64Array.of(6, 3),
      pays: 'interest',
    } as const;
    expect(priceAt(flows, 0.1, quote)).toBeCloseTo(6 / 1.1 + 3 / 1.21, 10);
    // 10 × (1 + y)² = 6 × (1 + y) + 3, so 1 + y = (6 + √156) ÷ 20
    expect(yieldAt(flows, 10, quote)).toBeCloseTo((6 + Math.sqrt(156)) / 20 - 1, 10);
  });

  it('pays only principal', () => {
    const flows = {
      dates,
      principal: Float64Array.of(50, 50),
      interest: Float64Array.of(6, 3),
      pays: 'principal',
    } as const;
    expect(priceAt(flows, 0.1, quote)).toBeCloseTo(50 / 1.1 + 50 / 1.21, 10);
  });

  it('counts no cash while interest accretes', () => {
    // 10 % of 100 accretes to 110 and pays 121 at the end
    const flows = { dates, principal: Float64Array.of(-10, 110), interest: Float64Array.of(10, 11) };
    expect(yieldAt(flows, 100, quote)).toBeCloseTo(0.1, 11);
    expect(averageLife(flows, '2024-01-15')).toBeCloseTo(2, 12);
  });
});

describe('laws and faults', () => {
  it('a yield gives back its price', () => {
    const amounts = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(amounts, fc.double({ min: -0.5, max: 2, noNaN: true }), (paid, rate) => {
        const dates = paid.map((_, i) => addMonths('2024-03-25', i));
        const flows = { dates, principal: Float64Array.from(paid), interest: new Float64Array(paid.length) };
        const quote = { settlement: '2024-02-29', balance: 100 };
        const price = priceAt(flows, rate, quote);
        expect(priceAt(flows, yieldAt(flows, price, quote), quote)).toBeCloseTo(price, 6);
      }),
      { numRuns: 100 },
    );
  });

  it('finds the yield of a price that is far too high or next to nothing', () => {
    const flows = bullet(0.05, 60, 6, '2024-01-15');
    const quote = { settlement: '2024-01-15', balance: 100 };
    for (const price of [1e12, 1000, 0.01]) {
      const found = priceAt(flows, yieldAt(flows, price, quote), quote);
      expect(Math.abs(found / price - 1)).toBeLessThan(1e-7);
    }
  });

  it('says why there is no yield', () => {
    const flows = bullet(0.05, 2, 6, '2024-01-15');
    expect(() => yieldAt(flows, 100, { settlement: '2025-01-15', balance: 100 })).toThrow(FlowsInvalid);
    expect(() => yieldAt(flows, 100, { settlement: '2025-01-15', balance: 100 })).toThrow('earlier settlement date');
    expect(() => yieldAt(flows, -1, { settlement: '2024-01-15', balance: 100 })).toThrow(RootNotBracketed);
    expect(() => priceAt(flows, 0.05, { settlement: '2024-01-15', balance: 0 })).toThrow('give the balance');
    const short = { ...flows, interest: new Float64Array(1) };
    expect(() => priceAt(short, 0.05, { settlement: '2024-01-15', balance: 100 })).toThrow('differ in number');
    const unsorted = { ...flows, dates: [...flows.dates].reverse() };
    expect(() => priceAt(unsorted, 0.05, { settlement: '2024-01-15', balance: 100 })).toThrow('do not ascend');
  });
});
