import { yearsBetween } from './accrual.js';
import { PrepaymentLockedOut } from './errors.js';
import type { Moment } from './moment.js';
import { valueAt } from './observations.js';
import type { LoanRun } from './state.js';
import type { Loan, ProtectedUntil } from './terms.js';

/** The protection that holds at a moment; undefined where the loan prepays freely. */
export function protectionOn({ prepayment }: Loan, at: Moment): ProtectedUntil | undefined {
  return prepayment?.protection?.find(({ until }) => at < until);
}

/** @throws PrepaymentLockedOut when the loan takes no prepayment then */
export function checkOpen({ terms, state }: LoanRun, protection: ProtectedUntil | undefined, at: Moment): void {
  if (state.defeased) throw new PrepaymentLockedOut(terms.id, at, terms.maturityDate ?? 'its maturity', 'lockout');
  if (protection?.kind === 'lockout' || protection?.kind === 'defeasance') {
    throw new PrepaymentLockedOut(terms.id, at, protection.until, protection.kind);
  }
}

/**
 * What the lender loses, for each unit of the balance, by having it back at a moment: on the balances still scheduled the
 * rate above the yield, paid on each date of the schedule, at its present value by that yield.
 */
function yieldLost(run: LoanRun, annualYield: number, at: Moment): number {
  const { terms, state, sign, yearCount } = run;
  const owed = sign * state.balance;
  if (owed <= 0) return 0;
  const rest = run.scheduleOf({
    ...terms,
    side: 'asset',
    statusDate: at,
    balance: owed,
    prepayment: undefined,
    ...(terms.interest && { interest: { ...terms.interest, rate: state.rate, accrued: 0 } }),
  });
  let [balance, since, lost, waiting] = [owed, at, 0, 0];
  for (const event of rest) {
    waiting += balance * yearsBetween(yearCount, since, event.at) * Math.max(state.rate - annualYield, 0);
    if (event.kind === 'interest' || event.kind === 'maturity') {
      lost += waiting / (1 + annualYield) ** yearsBetween(yearCount, at, event.at);
      waiting = 0;
    }
    [balance, since] = [event.balance, event.at];
  }
  return lost / owed;
}

/** What prepaying an amount costs under a protection; the flow carries the side's sign. @throws ObservationMissing */
export function penaltyOf(run: LoanRun, protection: ProtectedUntil, at: Moment, amount: number): number {
  const { kind, share = 0, index } = protection;
  if (kind !== 'yield-maintenance' || index === undefined) return run.sign * amount * share;
  return run.sign * amount * Math.max(yieldLost(run, valueAt(run.observations, index, at), at), share);
}
