import type { PlainDate } from '@weir/calendar';
import { type YearBasis, yearsBetween } from '../flows/years.js';

/** What accrued interest depends on. */
export interface Accrual {
  /** On which interest accrues (the notional of a notional class), in any unit. */
  readonly balance: number;
  /** A fraction a year. */
  readonly coupon: number;
  readonly basis: YearBasis;
  /** First day of the accrual period that contains the settlement date. */
  readonly from: PlainDate;
}

/**
 * Interest accrued from the first day of the accrual period to settlement, that day excluded: balance × coupon × years
 * (Uniform Practices SF, F.1), unrounded, in the unit of the balance. Zero when settlement is not after the first day.
 */
export function accruedInterest({ balance, coupon, basis, from }: Accrual, settlement: PlainDate): number {
  return settlement <= from ? 0 : balance * coupon * yearsBetween(basis, from, settlement);
}
