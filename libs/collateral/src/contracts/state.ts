import { type YearCount, yearsBetween } from './accrual.js';
import type { EventDate } from './business-days.js';
import type { ContractEvent } from './event.js';
import type { Moment } from './moment.js';
import type { Observations } from './observations.js';
import { type Loan, signOf } from './terms.js';

/** Where a loan stands. Amounts carry the side's sign: a liability's balance and accrued interest are negative. */
export interface LoanState {
  /** Up to when interest is accrued. */
  accruedTo: Moment;
  balance: number;
  rate: number;
  accrued: number;
  feeAccrued: number;
  /** What interest is reckoned on, when it does not follow the balance. */
  interestBase: number;
  interestMultiplier: number;
  principalMultiplier: number;
  /** The next payment, without sign: of principal, or of principal and interest. */
  payment: number;
  defaulted: boolean;
  /** Whether a call has stopped the interest, and what it made due at the end of its notice. */
  called: boolean;
  dueAtSettlement: number;
  /** Bonds stand in the loan's place: it neither prepays nor defaults. */
  defeased: boolean;
}

/** One projection of a loan: its terms, what was observed, what was derived from both, and the state as it moves. */
export interface LoanRun<L extends Loan = Loan> {
  terms: L;
  sign: 1 | -1;
  observations: Observations;
  yearCount: YearCount;
  /** The maturity, stated or derived; undefined for a loan without end. */
  maturity: Moment | undefined;
  /** When fees are paid, the maturity included. */
  feeDates: readonly EventDate[];
  /** Years from the event before to the one at hand. */
  yearsSinceLast: number;
  state: LoanState;
  /** The events of other terms, nothing observed: what a loan would still pay. */
  scheduleOf: (terms: Loan) => ContractEvent[];
}

/** The amount on which the loan's interest runs. */
export function interestBaseOf({ terms, state }: LoanRun): number {
  const kind = terms.interestBase?.kind ?? 'balance';
  const base = kind === 'balance' ? state.balance : state.interestBase;
  const { forborne } = terms;
  if (forborne === undefined) return base;
  const sign = signOf(terms.side);
  return sign * Math.max(sign * base - forborne, 0);
}

/** The fee of a period as it stands at a moment: the part of the amount that the time since the last fee date makes. */
export function partOfFee({ terms, yearCount, feeDates }: LoanRun, moment: Moment): number {
  const next = feeDates.findIndex(({ interestTo }) => interestTo > moment);
  const [from, to] = [feeDates[next - 1]?.interestTo, feeDates[next]?.interestTo];
  if (!terms.fee || from === undefined || to === undefined) return 0;
  const part = yearsBetween(yearCount, from, moment) / yearsBetween(yearCount, from, to);
  return signOf(terms.side) * terms.fee.rate * part;
}

/**
 * Accrues interest and fees up to a moment. Back to an earlier one it takes back what was accrued: a date that moved forward
 * is reckoned to its scheduled day, which may come after the next event. A call has stopped the interest.
 */
export function accrueTo(run: LoanRun, moment: Moment): void {
  const { terms, state, yearCount } = run;
  run.yearsSinceLast = 0;
  if (state.called) return;
  const years = yearsBetween(yearCount, state.accruedTo, moment);
  state.accrued += years * state.rate * interestBaseOf(run);
  if (terms.fee?.basis === 'balance') state.feeAccrued += years * terms.fee.rate * state.balance;
  if (terms.fee?.basis === 'amount') state.feeAccrued = partOfFee(run, moment);
  state.accruedTo = moment;
  run.yearsSinceLast = years;
}
