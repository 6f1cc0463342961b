import type { RateResetTerms } from './terms.js';

/** The multiple that is nearest, the upper one of two; what float64 adds below 1e-9 of a multiple does not decide. */
const nearest = (value: number, unit: number): number => Math.floor(value / unit + 0.5 + 1e-9) * unit;

/**
 * The rate after a reset: index × multiplier + spread, moved by no more than the period's cap and floor allow and then
 * held within those of the loan's life. Source: ACTUS technical specification, STF_RR_PAM.
 */
export function resetRate(terms: RateResetTerms, before: number, index: number): number {
  const { multiplier, spread, periodCap = Infinity, periodFloor = Infinity, roundTo } = terms;
  const exact = index * multiplier + spread;
  const agreed = roundTo === undefined ? exact : nearest(exact, roundTo);
  const change = agreed - before;
  const allowed = Math.min(Math.max(change, -periodFloor), periodCap);
  // An unbounded change is taken whole: before + (after - before) would lose its last digits.
  const after = allowed === change ? agreed : before + allowed;
  return Math.min(Math.max(after, terms.lifeFloor ?? -Infinity), terms.lifeCap ?? Infinity);
}
