import { type MonthBalances, roundingOf, unexplained } from '../month-balances.js';

const isNear = (a: bigint, b: bigint, tolerance: bigint): boolean => (a > b ? a - b : b - a) <= tolerance;

/**
 * What of the loss that a row states is this month's, cents. Tapes state a charge-off again in later months: one that takes
 * the balance down is this month's, whole. Of another, an amount that is stated to date counts by its difference from the one
 * stated last, which is how corrections come; any other amount counts unless it is the last one again. Zero says nothing.
 * @param last the loss that an earlier row stated last, zero if none did
 * @param toDate whether the class states losses to date
 */
export function newLoss(balances: MonthBalances, last: bigint, toDate: boolean): bigint {
  const stated = balances.chargeOff ?? 0n;
  if (stated === 0n) return 0n;
  const fell = unexplained(balances);
  if (fell !== null && isNear(fell, stated, roundingOf(balances))) return stated;
  if (toDate) return stated - last;
  return stated === last ? 0n : stated;
}
