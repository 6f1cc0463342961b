import type { PlainDate } from '@weir/calendar';
import { checkFlows, type SecurityFlows } from './security-flows.js';
import { type YearBasis, yearsBetween } from './years.js';

/**
 * Weighted average life in years from a date (settlement or closing): Σ years × principal ÷ Σ principal, over the
 * principal paid after it. Accretion (negative principal) is left out, the convention for accrual classes (Uniform
 * Practices SF, G.1.c and H.1). Null when no principal is paid. @throws FlowsInvalid
 */
export function averageLife(flows: SecurityFlows, from: PlainDate, basis: YearBasis = '30/360 US'): number | null {
  checkFlows(flows);
  let [weighted, total] = [0, 0];
  flows.dates.forEach((date, i) => {
    const principal = flows.principal[i] ?? 0;
    if (date <= from || principal <= 0) return;
    weighted += yearsBetween(basis, from, date) * principal;
    total += principal;
  });
  return total === 0 ? null : weighted / total;
}

/** First and last payment date on which principal is paid, and the number of dates from one to the other. */
export interface PaymentWindow {
  readonly first: PlainDate;
  readonly last: PlainDate;
  readonly payments: number;
}

/**
 * Principal payment window; amounts below `least` (half a minor unit) do not count. Null when no principal is paid.
 * @throws FlowsInvalid
 */
export function paymentWindow(flows: SecurityFlows, least = 0.5): PaymentWindow | null {
  checkFlows(flows);
  const paid = flows.dates.flatMap((_, i) => ((flows.principal[i] ?? 0) >= least ? [i] : []));
  const [first, last] = [paid[0], paid.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { first: flows.dates[first] ?? '', last: flows.dates[last] ?? '', payments: last - first + 1 };
}
