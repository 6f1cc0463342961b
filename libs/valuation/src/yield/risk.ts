import type { SecurityFlows } from '../flows/security-flows.js';
import { frequencyOf, presentValue } from './price-yield.js';
import { type Quote, timedCash } from './quote.js';

/** How a price reacts to its yield; durations in years, convexity in years squared. */
export interface YieldRisk {
  /** Present-value weighted time of the cash. */
  readonly macaulay: number;
  /** Relative fall of the full price for a rise of the yield: macaulay ÷ (1 + Y ÷ f). */
  readonly modified: number;
  /** Second-order term: P ≈ P0 × (1 − modified × ΔY + convexity × ΔY² ÷ 2). */
  readonly convexity: number;
}

/**
 * Durations and cash-flow convexity at a yield, of the full price: Uniform Practices SF, G.1.d to f (with 1 ÷ f for its
 * half year). The flows stay as they are: an option to prepay is not in these figures. @throws FlowsInvalid
 */
export function yieldRisk(flows: SecurityFlows, yieldRate: number, quote: Quote): YieldRisk {
  const [timed, frequency] = [timedCash(flows, quote), frequencyOf(quote)];
  const { years, cash } = timed;
  const price = presentValue(timed, yieldRate, frequency);
  const weighted = (weight: (t: number) => number): number =>
    presentValue({ years, cash: cash.map((amount, i) => amount * weight(years[i] ?? 0)) }, yieldRate, frequency) /
    price;
  const macaulay = weighted((t) => t);
  const perPeriod = 1 + yieldRate / frequency;
  const convexity = weighted((t) => t * (t + 1 / frequency)) / perPeriod ** 2;
  return { macaulay, modified: macaulay / perPeriod, convexity };
}

/**
 * Effective duration and convexity from prices after the rates, and with them the prepayments and flows, fell and rose
 * by `shift` (a fraction): (P− − P+) ÷ (2 × P × shift) and (P− + P+ − 2P) ÷ (P × shift²).
 */
export function effectiveRisk(
  prices: { readonly down: number; readonly base: number; readonly up: number },
  shift: number,
): { duration: number; convexity: number } {
  const { down, base, up } = prices;
  return { duration: (down - up) / (2 * base * shift), convexity: (down + up - 2 * base) / (base * shift ** 2) };
}
