import type { RowView } from './row-view.js';

/** Interest of a row that joined the balance instead of being paid, cents above zero. */
export interface Capitalised {
  readonly amount: bigint;
  /** Stated by a column of its own; by negative principal beside the interest; or by no column, and reckoned. */
  readonly told: 'stated' | 'negative principal' | 'reckoned';
}

/** Cents by which interest that was reckoned may differ: both it and what was paid were rounded. */
const ROUNDING = 1.01;

/** Days of a month and of a year that interest may be counted by. */
const [DAYS, YEARS] = [
  [28, 29, 30, 31],
  [360, 365, 366],
] as const;

/** Whether an amount is the interest of a month of the balance at the row's rate, of a twelfth of a year or of its days. */
function isMonthOf(view: RowView, opening: bigint, interest: bigint): boolean {
  const yearly = view.rate('rate') ?? view.rate('originalRate');
  if (yearly === null || yearly <= 0) return false;
  const year = Number(opening) * yearly;
  const is = (due: number): boolean => Math.abs(due - Number(interest)) <= ROUNDING;
  return is(year / 12) || DAYS.some((days) => YEARS.some((of) => is((year * days) / of)));
}

/**
 * Negative principal beside interest that is more than what was paid: the rest of the interest joined the balance. Where the
 * instalment would have covered the interest, or was returned, it is no such thing.
 */
function byPrincipal(view: RowView): Capitalised | null {
  const [opening, closing] = [view.money('opening'), view.money('closing')];
  const [interest, principal, stated] = [view.money('interest'), view.money('principal'), view.money('totalPaid')];
  if (interest === null || principal === null || principal >= 0n || interest <= 0n) return null;
  const paid = interest + principal + (view.money('otherCollected') ?? 0n);
  if (paid < 0n || (stated !== null && stated !== paid)) return null;
  if (opening === null || closing === null || closing - opening !== -principal) return null;
  const payment = view.money('payment');
  const uncovered = payment !== null && payment > 0n ? payment < interest : isMonthOf(view, opening, interest);
  return uncovered ? { amount: -principal, told: 'negative principal' } : null;
}

/** A balance that rose by the part of the month's interest, to the cent, that was not paid. */
function byInterest(view: RowView): Capitalised | null {
  const [opening, closing, interest] = [view.money('opening'), view.money('closing'), view.money('interest')];
  if (opening === null || closing === null || interest === null || interest < 0n || opening <= 0n) return null;
  if (closing <= opening || (view.money('principal') ?? 0n) !== 0n || (view.money('adjustment') ?? 0n) !== 0n)
    return null;
  const amount = closing - opening;
  return isMonthOf(view, opening, interest + amount) ? { amount, told: 'reckoned' } : null;
}

/** What of a row's interest joined its balance; null when nothing says so. */
export function capitalisedIn(view: RowView): Capitalised | null {
  const stated = view.money('capitalised');
  if (stated !== null && stated > 0n) return { amount: stated, told: 'stated' };
  return byPrincipal(view) ?? (stated === null ? byInterest(view) : null);
}
