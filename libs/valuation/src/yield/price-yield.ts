import type { SecurityFlows } from '../flows/security-flows.js';
import { bracketAround, solveFor } from '../solve/root.js';
import { cleanPrice, COMPOUNDINGS, type Quote, settlementAmount, type TimedCash, timedCash } from './quote.js';

/** Compounding periods a year of a quote. */
export function frequencyOf({ compounding = 'semi-annual' }: Quote): number {
  return COMPOUNDINGS[compounding];
}

/** Σ cash × (1 + y ÷ f)^(−f × years). */
export function presentValue({ years, cash }: TimedCash, yieldRate: number, frequency: number): number {
  const perYear = frequency * Math.log1p(yieldRate / frequency);
  return cash.reduce((sum, amount, i) => sum + amount * Math.exp(-perYear * (years[i] ?? 0)), 0);
}

/**
 * Clean price (percent of the balance) at a yield (a fraction a year): P = Σ CF ÷ (1 + Y ÷ f)^(f × T) less accrued
 * interest, T from settlement to the payment date. With f = 2 and 30/360 this is the bond-equivalent yield of Uniform
 * Practices SF, G.1.a. @throws FlowsInvalid
 */
export function priceAt(flows: SecurityFlows, yieldRate: number, quote: Quote): number {
  return cleanPrice(presentValue(timedCash(flows, quote), yieldRate, frequencyOf(quote)), quote);
}

/**
 * Yield (a fraction a year) at a clean price: the inverse of `priceAt`, to 1e-12. The present value falls as the yield
 * rises, so there is one. @throws FlowsInvalid @throws RootNotBracketed when the price is not above zero
 */
export function yieldAt(flows: SecurityFlows, price: number, quote: Quote): number {
  const [timed, frequency] = [timedCash(flows, quote), frequencyOf(quote)];
  const amount = settlementAmount(price, quote);
  const value = (rate: number): number => presentValue(timed, rate, frequency);
  const bracket = bracketAround(value, amount, { from: 0, step: 0.25, least: -0.999 * frequency, most: 1e6 });
  return solveFor(value, amount, bracket);
}

/** A yield restated in another compounding: (1 + y ÷ f)^f stays the same. Monthly 8.93863 % is 9.10675 % semi-annual. */
export function convertYield(
  yieldRate: number,
  from: keyof typeof COMPOUNDINGS,
  to: keyof typeof COMPOUNDINGS,
): number {
  const [f, g] = [COMPOUNDINGS[from], COMPOUNDINGS[to]];
  return g * Math.expm1((f * Math.log1p(yieldRate / f)) / g);
}
