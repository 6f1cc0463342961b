import { mulDiv, RATE_SCALE, type Rounding } from '@weir/money';
import type { LoanRecord, RoleOf } from '../tape/loan-record.js';
import { accrualDays, accrualMethod } from '../tape/model/accrual-method.js';
import { imprecision } from '../tape/single-precision.js';
import { amortisingAfter } from './amortising.js';
import { monthsToMaturity } from '../tape/months-to-maturity.js';
import { expectedPayment, type LoanPayment } from './expected-payment.js';

/** What last month's tape says of a loan's next payment. */
export interface DueTerms {
  /** Outstanding at the end of last month, minor units. */
  readonly balance: bigint;
  /** A year's rate at `RATE_SCALE`. */
  readonly rate: bigint;
  /** The scheduled payment as stated; null when it is not. */
  readonly payment: bigint | null;
  /** Payments still to come; null when neither term nor maturity says. */
  readonly payments: number | null;
  /** Level payments that would repay the loan, where a balloon comes before; null when they are those to come. */
  readonly amortises: number | null;
  /** The payment is of interest alone. */
  readonly interestOnly: boolean;
  /** Days of the payment's interest over those of the year, by the loan's own day count; null: a twelfth of a year. */
  readonly days: { readonly period: number; readonly year: number } | null;
  /** What the balance may be off by, as it is written, minor units. */
  readonly imprecise: bigint;
  /** Loss that last month's tape states, minor units; zero for none. */
  readonly lost: bigint;
}

const asCents = (value: unknown): bigint | null => (typeof value === 'bigint' ? value : null);

/** Payments to come up to maturity, that of its month included; at least one. */
function paymentsToMaturity(record: LoanRecord, roleOf: RoleOf): number | null {
  const months = monthsToMaturity(record, roleOf);
  return months === null ? null : Math.max(1, months);
}

/** Paid in arrears: the next payment's interest is of the month in which the last period ended. */
function daysOf(record: LoanRecord, roleOf: RoleOf): DueTerms['days'] {
  const method = accrualMethod(roleOf(record, 'accrual'));
  return method === null || record.period === null ? null : accrualDays(method, record.period.to.slice(0, 7));
}

/** Terms of a loan with a balance; null when its rate, or how it repays, is not stated. */
export function termsOf(record: LoanRecord, roleOf: RoleOf): DueTerms | null {
  const balance = asCents(roleOf(record, 'closing'));
  const rate = asCents(roleOf(record, 'rate')) ?? asCents(roleOf(record, 'originalRate'));
  if (balance === null || balance <= 0n || rate === null || rate < 0n || rate >= RATE_SCALE) return null;
  const stated = asCents(roleOf(record, 'payment'));
  const { interestOnly, first, payments: amortises } = amortisingAfter(record);
  const payment = stated !== null && stated > 0n && !first ? stated : null;
  const term = roleOf(record, 'remainingTerm');
  const payments = typeof term === 'number' && term > 0 ? term : paymentsToMaturity(record, roleOf);
  if (payment === null && payments === null) return null;
  const lost = asCents(roleOf(record, 'chargeOff')) ?? 0n;
  const [days, imprecise] = [daysOf(record, roleOf), imprecision([balance])];
  return { balance, rate, payment, payments, amortises, interestOnly, days, imprecise, lost };
}

/** Interest of the payment, rounded: of its days by the loan's own day count, or of a twelfth of a year. */
export function interestOf({ balance, days }: DueTerms, rate: bigint, rounding: Rounding): bigint {
  if (days === null) return mulDiv(balance, rate, 12n * RATE_SCALE, rounding);
  return mulDiv(balance * BigInt(days.period), rate, BigInt(days.year) * RATE_SCALE, rounding);
}

/** What is left of the stated payment after interest, or the principal of a level one. */
function principalOf(terms: DueTerms, interest: bigint, rounding: Rounding): bigint {
  const { balance, rate, payment, payments, amortises } = terms;
  if (payments === 1) return balance;
  if (terms.interestOnly) return 0n;
  const level = { balance, rate, payments: amortises ?? payments ?? 1 };
  const due = payment ?? expectedPayment(level, rounding).total;
  const left = due > interest ? due - interest : 0n;
  return left < balance ? left : balance;
}

/**
 * The payment that last month's terms ask for, minor units: interest by the loan's own day count (a twelfth of a year where the
 * tape states none), rounded, and the rest of the stated payment as principal, or that of the level payment where none is stated.
 * The last payment takes the whole balance.
 * @throws PaymentTermsInvalid when there are more than 1200 payments to come
 */
export function duePayment(terms: DueTerms, rounding: Rounding): LoanPayment {
  const interest = interestOf(terms, terms.rate, rounding);
  const principal = principalOf(terms, interest, rounding);
  return { interest, principal, total: interest + principal };
}
