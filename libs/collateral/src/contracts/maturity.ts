import { yearsBetween } from './accrual.js';
import { type EventDate, eventDate, fixedDate } from './business-days.js';
import { ContractInvalid } from './errors.js';
import { addPeriods, type Moment } from './moment.js';
import type { Observations } from './observations.js';
import { firstRedemption, type RedeemingLoan } from './payment.js';
import { principalDates } from './principal-steps.js';
import type { CallLoan, Loan, SteppedLoan } from './terms.js';

/** Beyond a hundred years of months a loan does not repay itself. */
const MOST_PAYMENTS = 1_200;
const LAST_DAY = '2199-12-31';

const underivable = (terms: Loan, expected: string): ContractInvalid =>
  new ContractInvalid(terms.id, [{ term: 'maturityDate', expected }]);

/** Principal that a payment repays at the rate of the status date. */
function principalOf(terms: RedeemingLoan, from: Moment): number {
  const { redemption, conventions, interest, balance } = terms;
  const payment = redemption.payment ?? 0;
  if (terms.kind === 'linear' || !redemption.cycle) return payment;
  const next = addPeriods(from, redemption.cycle, 1, conventions.endOfMonth === 'end-of-month');
  const years = yearsBetween(
    { dayCount: conventions.dayCount, calendar: conventions.businessDays?.calendar },
    from,
    next,
  );
  return payment - years * (interest?.rate ?? 0) * balance;
}

/** The date of the payment after which nothing is left. Source: ACTUS technical specification, states of LAM and NAM. */
function redeemedBy(terms: RedeemingLoan): Moment {
  const first = firstRedemption(terms);
  const { cycle } = terms.redemption;
  if (first === undefined || !cycle || terms.redemption.payment === undefined) {
    throw underivable(terms, 'give it, or the payment with its first date and cycle');
  }
  const endOfMonth = terms.conventions.endOfMonth === 'end-of-month';
  let paid = 0;
  while (first < terms.statusDate && addPeriods(first, cycle, paid, endOfMonth) <= terms.statusDate) paid++;
  const next = addPeriods(first, cycle, paid, endOfMonth);
  const payments = Math.ceil(terms.balance / principalOf(terms, next));
  if (!(payments >= 1 && payments <= MOST_PAYMENTS)) {
    throw underivable(terms, 'give it: the payment does not repay the loan within a hundred years of months');
  }
  return addPeriods(first, cycle, paid + payments - 1, endOfMonth);
}

/** The first date after the status date at which the steps have repaid everything, or else the end of the projection. */
function steppedTo(terms: SteppedLoan, until: Moment | undefined): Moment {
  const last = terms.principalSteps.at(-1);
  if (last) {
    const reach = last.cycle ? addPeriods(last.from, last.cycle, MOST_PAYMENTS) : LAST_DAY;
    // What rounding of the sums leaves of the balance is nothing.
    const nothing = 1e-9 * terms.balance;
    let left = terms.balance;
    for (const { date, repaid } of principalDates(terms, reach < LAST_DAY ? reach : LAST_DAY)) {
      if (date <= terms.statusDate) continue;
      left -= repaid;
      if (left <= nothing) return date;
    }
  }
  if (until !== undefined) return until;
  throw underivable(terms, 'give it, or the end of the projection: the principal steps never repay the loan');
}

/**
 * The first call of a call loan after the status date, when one was observed up to `until` and its notice ends before a stated
 * maturity.
 */
export function callOf(terms: CallLoan, { events }: Observations, until: Moment | undefined): Moment | undefined {
  const { statusDate, maturityDate, notice } = terms;
  const calls = events.filter(
    ({ kind, at }) =>
      kind === 'called' &&
      at > statusDate &&
      (until === undefined || at <= until) &&
      (maturityDate === undefined || addPeriods(at, notice, 1) < maturityDate),
  );
  return calls.map(({ at }) => at).sort()[0];
}

function calledTo(terms: CallLoan, observations: Observations, until: Moment | undefined): Moment {
  const called = callOf(terms, observations, until);
  const end = called === undefined ? (terms.maturityDate ?? until) : addPeriods(called, terms.notice, 1);
  if (end === undefined) throw underivable(terms, 'give it, or a call, or the end of the projection');
  return end;
}

/**
 * When a loan ends: as its terms say, or when its payments have repaid it; a call loan at the end of the notice, or with
 * the projection, like a stepped one that never repays itself. Undefined for an open-ended loan.
 * @throws ContractInvalid when it cannot be told
 */
export function maturityOf(terms: Loan, observations: Observations, until: Moment | undefined): Moment | undefined {
  switch (terms.kind) {
    case 'open-ended':
      return undefined;
    case 'call':
      return calledTo(terms, observations, until);
    case 'stepped':
      return terms.maturityDate ?? steppedTo(terms, until);
    case 'annuity':
      return terms.maturityDate ?? terms.amortisationDate ?? redeemedBy(terms);
    case 'bullet':
    case 'revolving':
    case 'simple-interest':
      if (terms.maturityDate === undefined) throw underivable(terms, 'give it');
      return terms.maturityDate;
    case 'linear':
    case 'fixed-payment':
      return terms.maturityDate ?? redeemedBy(terms);
  }
}

/** Whether a loan's end follows from its payments or from its call instead of being stated, or set by the projection. */
function isDerived(terms: Loan, maturity: Moment, { called, until }: Reach): boolean {
  if (terms.kind === 'call') return called !== undefined;
  if (terms.kind === 'annuity' && terms.amortisationDate !== undefined) return false;
  return terms.maturityDate === undefined && maturity !== until;
}

/** How far a projection goes: to a call and its settlement, or to where it was told to end. */
interface Reach {
  called: Moment | undefined;
  until: Moment | undefined;
}

/**
 * The maturity as an event. Business days move it only where it is derived, a stated one is set to the right day at once; and
 * never to before the call.
 */
export function endingOf(terms: Loan, maturity: Moment, reach: Reach): EventDate {
  const { called } = reach;
  const derived = isDerived(terms, maturity, reach);
  const moved = derived ? eventDate(maturity, terms.conventions.businessDays) : fixedDate(maturity);
  return called !== undefined && moved.at < called ? fixedDate(maturity) : moved;
}
