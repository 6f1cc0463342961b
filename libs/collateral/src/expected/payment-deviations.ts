import { monthsBetween } from '@weir/calendar';
import type { Rounding } from '@weir/money';
import type { LoanMonth } from '../tape/loan-month.js';
import { expectedPayment, levelPayment } from './expected-payment.js';

/** How scheduled payments are reconciled. */
export interface DeviationOptions {
  /** Month of the tape, YYYY-MM. */
  readonly month: string;
  readonly rounding: Rounding;
  /** Differences up to this, minor units, are no deviation. */
  readonly tolerance: bigint;
}

/** A loan whose reported scheduled payment is neither that of its original terms nor that of its balance. */
export interface PaymentDeviation {
  readonly key: string;
  /** Line in the file, the header being line 1. */
  readonly row: number;
  /** Minor units, all of them. */
  readonly reported: bigint;
  /** The nearer of the two. */
  readonly expected: bigint;
  /** reported − expected. */
  readonly difference: bigint;
  /** What the nearer one was made of. */
  readonly basis: 'original-terms' | 'balance';
}

/** What the scheduled payments of a tape were found to be. */
export interface PaymentReconciliation {
  /** Loans with a scheduled payment and terms to expect one from. */
  readonly checked: number;
  /** Loans of which the tape tells too little. */
  readonly unknown: number;
  /** The largest differences first, equal ones by row. */
  readonly deviations: readonly PaymentDeviation[];
}

type Expectation = Pick<PaymentDeviation, 'expected' | 'basis'>;

/** The level payment over the whole term: what a fixed-rate loan pays as long as nothing is modified. */
function byOriginalTerms({ originalAmount, originalRate, originalTerm }: LoanMonth, rounding: Rounding): Expectation[] {
  if (originalAmount === null || originalRate === null || originalTerm === null || originalTerm < 1) return [];
  const terms = { balance: originalAmount, rate: originalRate, payments: originalTerm };
  return [{ expected: levelPayment(terms, rounding), basis: 'original-terms' }];
}

/** The payment that repays what is outstanding by maturity at today's rate. */
function byBalance({ opening, currentRate, maturityMonth }: LoanMonth, options: DeviationOptions): Expectation[] {
  if (currentRate === null || maturityMonth === null || opening < 0n) return [];
  const payments = Math.max(1, monthsBetween(`${options.month}-01`, `${maturityMonth}-01`) + 1);
  const terms = { balance: opening, rate: currentRate, payments };
  return [{ expected: expectedPayment(terms, options.rounding).total, basis: 'balance' }];
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function deviationOf(
  { key, row }: LoanMonth,
  reported: bigint,
  expectations: readonly Expectation[],
): PaymentDeviation | null {
  const all = expectations.map((each) => ({ ...each, key, row, reported, difference: reported - each.expected }));
  return all.sort((a, b) => (magnitude(a.difference) < magnitude(b.difference) ? -1 : 1))[0] ?? null;
}

const isLarger = (a: PaymentDeviation, b: PaymentDeviation): number => {
  const [left, right] = [magnitude(a.difference), magnitude(b.difference)];
  return left === right ? a.row - b.row : left > right ? -1 : 1;
};

/**
 * Compares the scheduled payment that a servicer reports of each loan with what its original terms, and what its balance,
 * rate and maturity, ask for: exactly, in minor units. A loan that meets either is in order, for a servicer may or may not set
 * a payment anew when a loan prepays. @throws PaymentTermsInvalid
 */
export function paymentDeviations(loans: readonly LoanMonth[], options: DeviationOptions): PaymentReconciliation {
  const deviations: PaymentDeviation[] = [];
  let checked = 0;
  for (const loan of loans) {
    if (loan.scheduledPayment === null) continue;
    const expectations = [...byOriginalTerms(loan, options.rounding), ...byBalance(loan, options)];
    const found = deviationOf(loan, loan.scheduledPayment, expectations);
    if (!found) continue;
    checked += 1;
    if (magnitude(found.difference) > options.tolerance) deviations.push(found);
  }
  return { checked, unknown: loans.length - checked, deviations: deviations.sort(isLarger) };
}
