import { levelPayment } from './level-payment.js';
import { addPeriods, type Moment } from './moment.js';
import { cycleDates, firstDateOf } from './schedule.js';
import type { LoanRun } from './state.js';
import type { AnnuityLoan, FixedPaymentLoan, LinearLoan, Loan, SimpleInterestLoan } from './terms.js';

/** Loans that repay principal on the dates of one cycle. */
export type RedeemingLoan = LinearLoan | AnnuityLoan | FixedPaymentLoan | SimpleInterestLoan;

/** Whether a loan repays principal on the dates of one cycle. */
export function isRedeeming(terms: Loan): terms is RedeemingLoan {
  return 'redemption' in terms && terms.kind !== 'revolving';
}

/** First date on which a loan repays principal; undefined when neither date nor cycle says. */
export function firstRedemption({ redemption, initialDate, conventions }: RedeemingLoan): Moment | undefined {
  return firstDateOf(redemption, initialDate, conventions.endOfMonth);
}

/** The dates before `end` on which a loan repays principal. */
export function paymentDates(terms: RedeemingLoan, end: Moment): Moment[] {
  const first = firstRedemption(terms);
  return first === undefined ? [] : cycleDates(first, terms.redemption.cycle, end, terms.conventions.endOfMonth);
}

/** The dates over which a loan would repay itself, the last included: the maturity, or an annuity's amortisation date. */
function repaymentDates(terms: RedeemingLoan, maturity: Moment): Moment[] {
  const end = (terms.kind === 'annuity' ? terms.amortisationDate : undefined) ?? maturity;
  return [...paymentDates(terms, end), end];
}

/**
 * The payment that repays what is outstanding over the dates after `from` (`including` it): equal parts for a linear loan,
 * level payments for one of interest and principal.
 */
export function newPayment(run: LoanRun, from: Moment, including = false): number {
  const { terms, state, sign, maturity, yearCount } = run;
  if (!isRedeeming(terms) || maturity === undefined) return state.payment;
  const dates = repaymentDates(terms, maturity).filter((date) => (including ? date >= from : date > from));
  const balance = Math.max(sign * state.balance - (terms.forborne ?? 0), 0);
  if (terms.kind === 'linear') return balance / Math.max(dates.length, 1);
  const left = Math.min(residualOf(terms), balance);
  return levelPayment({ balance, accrued: sign * state.accrued, rate: state.rate, left }, from, dates, yearCount);
}

/** The value that a lease's payments leave; 0 of other loans. */
export const residualOf = (terms: Loan): number => (terms.kind === 'annuity' ? (terms.residualValue ?? 0) : 0);

/** What payments may repay: all but what is due at maturity alone. */
export function repayable({ terms, sign, state }: LoanRun): number {
  const kept = (terms.forborne ?? 0) + residualOf(terms);
  return kept === 0 ? sign * state.balance : Math.max(sign * state.balance - kept, 0);
}

/** The day before an annuity's first payment, on which the payment is fixed when the terms do not state it. */
export function firstFixing(terms: AnnuityLoan): Moment | undefined {
  const first = terms.redemption.payment === undefined ? firstRedemption(terms) : undefined;
  return first === undefined ? undefined : addPeriods(first, { count: 1, unit: 'day' }, -1);
}
