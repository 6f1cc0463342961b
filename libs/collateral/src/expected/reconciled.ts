import type { Rounding } from '@weir/money';
import type { LoanPayment } from './expected-payment.js';

/**
 * How what was paid stands to what was due, interest and principal together. More than owed is principal alone: no loan pays
 * more of it than it owed.
 */
export type Paid = 'as due' | 'nothing' | 'less' | 'more' | 'more than owed' | 'in full' | 'charged off';

/**
 * What the reported interest is: of a twelfth of a year, of whole days (simple interest: the date of payment moves the split),
 * all that was paid because more is in arrears (at most a year's interest), of the rate that this month's tape states, none, or
 * none of these.
 */
export type InterestKind = 'a month' | 'days' | 'arrears' | 'another rate' | 'none' | 'unexplained';

export interface ReconcileOptions {
  readonly rounding: Rounding;
  /** Differences up to this, minor units, are none. */
  readonly tolerance: bigint;
  /** Days of a year of simple interest. */
  readonly daysInYear: 360 | 365;
}

/** A loan's payment as expected from last month's terms and as reported; amounts in minor units. */
export interface ReconciledLoan {
  readonly key: string;
  /** Line in this month's file. */
  readonly row: number;
  readonly expected: LoanPayment;
  readonly reported: LoanPayment;
  /** The most that principal can be: last month's balance, or the opening one, and what raised it since. */
  readonly owed: bigint;
  readonly paid: Paid;
  readonly interest: InterestKind;
  /** Days whose interest was reported; null unless `interest` is days. */
  readonly days: number | null;
}

/** Sums over loans, minor units. */
export interface PaymentSums {
  readonly loans: number;
  readonly expected: LoanPayment;
  readonly reported: LoanPayment;
}

/** What the comparison of two months came to. */
export interface PaymentsReconciled {
  readonly all: PaymentSums;
  /** By how what was paid stands to what was due and what the interest is of; kinds that occur. */
  readonly kinds: readonly (PaymentSums & { readonly paid: Paid; readonly interest: InterestKind })[];
  /** Loans of which either month tells too little. */
  readonly unknown: number;
  /** Loans that last month's tape does not have, or has without a balance. */
  readonly added: number;
  /** Loans with a balance last month that this month's tape does not have. */
  readonly gone: number;
}
