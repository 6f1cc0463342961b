import { describe, expect, it } from '@jest/globals';
import { averageLife, convertYield, priceAt, quoteOf, securityFlows, yieldAt, yieldRisk } from '@weir/valuation';
import { flowsAtPsa, projectable, projectionOf } from './projected.js';

const LINES = [{ balance: 10_000_000_000, grossRate: 0.08125, netRate: 0.075, remainingTerm: 333, age: 27 }];

describe('a pass-through paid with 14 days of delay, settled in the middle of a month', () => {
  const tie = projectable('mathworks-passthrough');
  const projection = projectionOf(tie, flowsAtPsa(LINES, 100));
  const [tranche] = projection.tranches;
  if (!tranche) throw new TypeError('the deal has no class');
  const flows = securityFlows(projection, tranche);
  const quote = quoteOf(tie.deal, projection, tranche);
  const bondEquivalent = (monthly: number): number => convertYield(monthly, 'monthly', 'semi-annual');

  it('is worth 101.3147 at 7.25 %, with 0.2917 accrued', () => {
    expect(priceAt(flows, 0.0725, { ...quote, compounding: 'monthly' })).toBeCloseTo(101.3147, 4);
    expect((100 * (quote.accrued ?? 0)) / quote.balance).toBeCloseTo(0.2917, 4);
  });

  it('yields 0.0715 a year monthly and 0.0725 bond-equivalent at 102', () => {
    expect(yieldAt(flows, 102, { ...quote, compounding: 'monthly' }).toFixed(4)).toBe('0.0715');
    expect(yieldAt(flows, 102, quote).toFixed(4)).toBe('0.0725');
  });

  it('lives for 10.5477 years', () => {
    expect(averageLife(flows, quote.settlement)).toBeCloseTo(10.5477, 4);
  });

  it('has durations of 6.4380 and 6.2080 at 7.298413 % and a convexity of 72.8263 at 7.125 %', () => {
    const { macaulay, modified } = yieldRisk(flows, bondEquivalent(0.07298413), quote);
    expect([macaulay.toFixed(4), modified.toFixed(4)]).toEqual(['6.4380', '6.2080']);
    expect(yieldRisk(flows, bondEquivalent(0.07125), quote).convexity).toBeCloseTo(72.8263, 4);
  });
});
