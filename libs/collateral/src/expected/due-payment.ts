import { monthsBetween } from '@weir/calendar';
import { mulDiv, RATE_SCALE, type Rounding } from '@weir/money';
import type { LoanRecord, RoleOf } from '../tape/loan-record.js';
import { type LoanPayment, expectedPayment } from './expected-payment.js';

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
}

const asCents = (value: unknown): bigint | null => (typeof value === 'bigint' ? value : null);

/** Months from the end of the period to maturity, that of maturity included; at least one. */
function monthsToMaturity(record: LoanRecord, roleOf: RoleOf): number | null {
  const matures = roleOf(record, 'matures');
  if (typeof matures !== 'string' || record.period === null) return null;
  const last = `${record.period.to.slice(0, 7)}-01`;
  return Math.max(1, monthsBetween(last, `${matures.slice(0, 7)}-01`));
}

/** Terms of a loan with a balance; null when its rate, or how it repays, is not stated. */
export function termsOf(record: LoanRecord, roleOf: RoleOf): DueTerms | null {
  const balance = asCents(roleOf(record, 'closing'));
  const rate = asCents(roleOf(record, 'rate')) ?? asCents(roleOf(record, 'originalRate'));
  if (balance === null || balance <= 0n || rate === null || rate < 0n || rate >= RATE_SCALE) return null;
  const stated = asCents(roleOf(record, 'payment'));
  const payment = stated !== null && stated > 0n ? stated : null;
  const term = roleOf(record, 'remainingTerm');
  const payments = typeof term === 'number' && term > 0 ? term : monthsToMaturity(record, roleOf);
  return payment === null && payments === null ? null : { balance, rate, payment, payments };
}

/**
 * The payment that last month's terms ask for, minor units: a twelfth of a year's interest, rounded, and the rest of the stated
 * payment as principal, or that of the level payment where none is stated. The last payment takes the whole balance.
 * @throws PaymentTermsInvalid when there are more than 1200 payments to come
 */
export function duePayment({ balance, rate, payment, payments }: DueTerms, rounding: Rounding): LoanPayment {
  if (payment === null || payments === 1) {
    const { interest, principal, total } = expectedPayment({ balance, rate, payments: payments ?? 1 }, rounding);
    return { interest, principal, total };
  }
  const interest = mulDiv(balance, rate, 12n * RATE_SCALE, rounding);
  const left = payment > interest ? payment - interest : 0n;
  const principal = left < balance ? left : balance;
  return { interest, principal, total: interest + principal };
}
