import { FlowsInvalid } from '../errors.js';
import type { SecurityFlows } from '../flows/security-flows.js';
import { bracketAround, solveFor } from '../solve/root.js';
import { cleanPrice, type Quote, settlementAmount, timedCash } from './quote.js';

/** The quote of a floater and the index assumed, a fraction a year, one for each payment date of the flows. */
export interface FloaterQuote extends Quote {
  readonly index: Float64Array;
}

/** Σ CF_k ÷ Π_{j ≤ k} (1 + (I_j + margin) × (T_j − T_{j−1})), T counted from settlement. */
function valuer(flows: SecurityFlows, quote: FloaterQuote): (margin: number) => number {
  if (quote.index.length !== flows.dates.length) throw new FlowsInvalid('index');
  const { years, cash } = timedCash(flows, quote);
  const passed = flows.dates.length - cash.length;
  return (margin) => {
    let [value, factor] = [0, 1];
    cash.forEach((amount, k) => {
      const time = (years[k] ?? 0) - (k === 0 ? 0 : (years[k - 1] ?? 0));
      factor *= 1 + ((quote.index[passed + k] ?? 0) + margin) * time;
      value += amount / factor;
    });
    return value;
  };
}

/** Clean price (percent of the balance) of a floater at a discount margin (a fraction a year). @throws FlowsInvalid */
export function priceAtMargin(flows: SecurityFlows, margin: number, quote: FloaterQuote): number {
  return cleanPrice(valuer(flows, quote)(margin), quote);
}

/**
 * Discount margin (a fraction a year) at a clean price: the margin over the assumed index at which the flows are worth
 * the price, simple interest within a period and compounded over the periods (Uniform Practices SF, G.2). The flows
 * must have been projected with the same index. @throws FlowsInvalid @throws RootNotBracketed
 */
export function discountMargin(flows: SecurityFlows, price: number, quote: FloaterQuote): number {
  const value = valuer(flows, quote);
  const amount = settlementAmount(price, quote);
  // Below this, the discount factor of some period would pass through zero and the value is no longer monotone.
  const { years } = timedCash(flows, quote);
  const longest = years.reduce((most, t, k) => Math.max(most, t - (k === 0 ? 0 : (years[k - 1] ?? 0))), 0);
  const least = -0.999 / longest - quote.index.reduce((low, rate) => Math.min(low, rate), Infinity);
  return solveFor(value, amount, bracketAround(value, amount, { from: 0, step: 0.05, least, most: 1e6 }));
}
