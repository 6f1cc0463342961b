import type { RateResetTerms } from './terms.js';

/**
 * The rate after a reset: index × multiplier + spread, moved by no more than the period's cap and floor allow and then
 * held within those of the loan's life. Source: ACTUS technical specification, STF_RR_PAM.
 */
export function resetRate(terms: RateResetTerms, before: number, index: number): number {
  const { multiplier, spread, periodCap = Infinity, periodFloor = Infinity } = terms;
  const change = index * multiplier + spread - before;
  const allowed = Math.min(Math.max(change, -periodFloor), periodCap);
  // An unbounded change is taken whole: before + (after - before) would lose its last digits.
  const after = allowed === change ? index * multiplier + spread : before + allowed;
  return Math.min(Math.max(after, terms.lifeFloor ?? -Infinity), terms.lifeCap ?? Infinity);
}
