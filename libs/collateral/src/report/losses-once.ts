import { newLoss } from '../tape/history/new-loss.js';
import type { LoanMonth } from '../tape/loan-month.js';
import type { MonthBalances } from '../tape/month-balances.js';

/** Of the month, and not asked for in every row: as Schedule AL states a charge-off. */
const OF_MONTH = { toDate: false, esma: null };

function balancesOf({ opening, closing, principal, otherPrincipalAdjustment, chargeOff }: LoanMonth): MonthBalances {
  return {
    ...{ opening, closing, principal, chargeOff },
    unscheduled: null,
    adjustment: otherPrincipalAdjustment,
    written: [opening, closing, principal, chargeOff],
  };
}

/**
 * Loans of a month with what of their charge-offs is the month's own: tapes state a charge-off again in later months, and it
 * counts once, in a servicer report as in a static pool (see `newLoss`). A loan that states none is the same object.
 * @param last by loan key, the charge-off that an earlier month stated last, in cents
 */
export function lossesOnce(loans: readonly LoanMonth[], last: ReadonlyMap<string, bigint>): LoanMonth[] {
  return loans.map((loan) => {
    if (loan.chargeOff === null) return loan;
    const chargeOff = newLoss(balancesOf(loan), last.get(loan.key) ?? 0n, OF_MONTH);
    return chargeOff === loan.chargeOff ? loan : { ...loan, chargeOff };
  });
}
