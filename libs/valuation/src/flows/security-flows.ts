import type { PlainDate } from '@weir/calendar';
import { FlowsInvalid } from '../errors.js';

/**
 * What one security pays, one entry a payment date, ascending. Amounts are in any one unit (the house uses minor units
 * as float64). Principal of an accreting class is negative while its interest is added to its balance; of a notional
 * class it is the reduction of the notional and `pays` only its interest.
 */
export interface SecurityFlows {
  readonly dates: readonly PlainDate[];
  readonly principal: Float64Array;
  readonly interest: Float64Array;
  /** What is paid in cash: `both` when not given; `interest` for notional classes. */
  readonly pays?: 'both' | 'interest' | 'principal';
}

/** Checks that the columns fit. @throws FlowsInvalid */
export function checkFlows({ dates, principal, interest }: SecurityFlows): void {
  if (principal.length !== dates.length || interest.length !== dates.length) throw new FlowsInvalid('lengths');
  if (dates.some((date, i) => i > 0 && date <= (dates[i - 1] ?? ''))) throw new FlowsInvalid('order');
}

/** Cash of each payment date. Accreted interest is not cash: it cancels against the negative principal. */
export function cashOf({ principal, interest, pays = 'both' }: SecurityFlows): Float64Array {
  if (pays === 'interest') return interest;
  if (pays === 'principal') return principal;
  return principal.map((amount, i) => amount + (interest[i] ?? 0));
}
