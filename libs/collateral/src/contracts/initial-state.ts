import { yearsBetween } from './accrual.js';
import { eventDate, reckonedBefore } from './business-days.js';
import { payOut } from './exchange-events.js';
import { ownInterestDates, paymentInterestDates, steppedInterestDates } from './interest-plan.js';
import type { Moment } from './moment.js';
import { isRedeeming, newPayment, paymentDates } from './payment.js';
import { datesOf } from './plan.js';
import { interestBaseOf, type LoanRun, type LoanState, partOfFee } from './state.js';
import type { Loan } from './terms.js';

/** The state of a loan whose principal is not paid out yet. */
export function emptyState(terms: Loan): LoanState {
  return {
    accruedTo: terms.statusDate,
    balance: 0,
    rate: 0,
    accrued: 0,
    feeAccrued: 0,
    interestBase: 0,
    interestMultiplier: terms.scaling?.interestMultiplier ?? 1,
    principalMultiplier: terms.scaling?.principalMultiplier ?? 1,
    payment: 0,
    defaulted: terms.performance === 'defaulted',
    called: false,
    dueAtSettlement: 0,
    defeased: false,
  };
}

/** Dates on which a loan pays interest; one that capitalises until it ends has none. */
function interestDates(terms: Loan, maturity: Moment | undefined): Moment[] {
  if (maturity === undefined || terms.kind === 'call' || terms.kind === 'open-ended') return [];
  if (terms.kind === 'revolving') return datesOf(terms.redemption, terms, maturity);
  if (terms.kind === 'simple-interest') return paymentDates(terms, maturity);
  if (terms.kind === 'stepped') return steppedInterestDates(terms, maturity);
  if (terms.kind === 'annuity' || terms.kind === 'fixed-payment') return paymentInterestDates(terms, maturity);
  return ownInterestDates(terms, maturity);
}

function accruedAtStatus(run: LoanRun): number {
  const { terms, sign, yearCount, maturity, state } = run;
  const { businessDays } = terms.conventions;
  if (!terms.interest) return 0;
  if (terms.interest.accrued !== undefined) return sign * terms.interest.accrued;
  const since = reckonedBefore(
    interestDates(terms, maturity).map((date) => eventDate(date, businessDays)),
    terms.statusDate,
  );
  return since === undefined ? 0 : yearsBetween(yearCount, since, terms.statusDate) * interestBaseOf(run) * state.rate;
}

function feeAtStatus(run: LoanRun): number {
  const { terms, sign, yearCount, state, feeDates } = run;
  if (!terms.fee) return 0;
  if (terms.fee.accrued !== undefined) return sign * terms.fee.accrued;
  // Without a balance nothing has accrued.
  if (state.balance === 0) return 0;
  if (terms.fee.basis === 'amount') return partOfFee(run, terms.statusDate);
  const since = reckonedBefore(feeDates, terms.statusDate);
  return since === undefined ? 0 : yearsBetween(yearCount, since, terms.statusDate) * state.balance * terms.fee.rate;
}

/** Brings a run to the loan's state at its status date. Source: ACTUS technical specification, states of PAM and LAM. */
export function startRun(run: LoanRun): void {
  const { terms, state } = run;
  const running = terms.initialDate <= terms.statusDate;
  if (running) {
    payOut(run);
    state.accrued = accruedAtStatus(run);
  }
  state.feeAccrued = feeAtStatus(run);
  if (!isRedeeming(terms)) return;
  // A loan not paid out yet owes its whole balance on the dates to come, without interest so far.
  const owing = running ? run : { ...run, state: { ...state, balance: run.sign * terms.balance } };
  state.payment = terms.redemption.payment ?? newPayment(owing, terms.statusDate);
}
