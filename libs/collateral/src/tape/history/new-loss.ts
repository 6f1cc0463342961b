import type { AssetClass, Field, Role } from '../model/field.js';
import { type MonthBalances, roundingOf, unexplained } from '../month-balances.js';

/** How a class states an amount: to date or of the month, and whether a template asks for it even where it is zero. */
export type Stating = Pick<Field, 'toDate' | 'esma'>;

/** How a class states what has a role; one that states none is as good as any. */
export const statingOf = ({ fields }: AssetClass, role: Role): Stating =>
  fields.find((field) => field.role === role) ?? { toDate: false, esma: null };

const isNear = (a: bigint, b: bigint, tolerance: bigint): boolean => (a > b ? a - b : b - a) <= tolerance;

/** Whether a row says nothing of an amount: zero is a figure only where the template asks for one in every row. */
export const saysNothing = (amount: bigint | null, { toDate, esma }: Stating): amount is null | 0n =>
  amount === null || (amount === 0n && !(toDate && esma !== null));

/**
 * What of the loss that a row states is this month's, cents. Tapes state a charge-off again in later months: one that takes
 * the balance down is this month's, whole. Of another, an amount that is stated to date counts by its difference from the one
 * stated last, which is how corrections come; any other amount counts unless it is the last one again.
 * @param last the loss that an earlier row stated last, zero if none did
 */
export function newLoss(balances: MonthBalances, last: bigint, stating: Stating): bigint {
  const stated = balances.chargeOff;
  if (saysNothing(stated, stating)) return 0n;
  const fell = unexplained(balances);
  if (fell !== null && fell !== 0n && isNear(fell, stated, roundingOf(balances))) return stated;
  if (stating.toDate) return stated - last;
  return stated === last ? 0n : stated;
}
