import { mulDiv, RATE_SCALE, type Rounding } from '@weir/money';
import type { Amortisation } from '../projection/pool-line.js';

/** What one month's scheduled payment is made of. */
export interface PaymentTerms {
  /** Outstanding before the payment, minor units. */
  readonly balance: bigint;
  /** A year's rate at RATE_SCALE; a month bears a twelfth of it. */
  readonly rate: bigint;
  /** Payments still to come, this one included. */
  readonly payments: number;
  /** `level` when not given. */
  readonly amortisation?: Amortisation;
  /** Only interest falls due this month. */
  readonly interestOnly?: boolean;
}

/** A scheduled payment in minor units; `total` is the sum of the others. */
export interface ExpectedPayment {
  readonly interest: bigint;
  readonly principal: bigint;
  readonly total: bigint;
}

/** Terms of a payment are out of range. */
export class PaymentTermsInvalid extends Error {
  override readonly name = 'PaymentTermsInvalid';
  constructor(
    readonly field: 'balance' | 'rate' | 'payments',
    readonly value: bigint | number,
    readonly expected: string,
  ) {
    super(`${field} is ${value}; give ${expected}`);
  }
}

const YEAR = 12n * RATE_SCALE;
const MOST_PAYMENTS = 1200;

function check({ balance, rate, payments }: PaymentTerms): void {
  if (balance < 0n) throw new PaymentTermsInvalid('balance', balance, 'an amount that is not negative');
  if (rate < 0n || rate >= RATE_SCALE) throw new PaymentTermsInvalid('rate', rate, 'a rate from 0 to 100 % a year');
  if (!Number.isInteger(payments) || payments < 1 || payments > MOST_PAYMENTS) {
    throw new PaymentTermsInvalid('payments', payments, `a whole number from 1 to ${MOST_PAYMENTS}`);
  }
}

/**
 * The level payment that repays a balance, minor units, with one rounding: balance × r ÷ (1 − (1 + r)^−payments) with
 * r = rate ÷ 12, in integers throughout. @throws PaymentTermsInvalid
 */
export function levelPayment(terms: PaymentTerms, rounding: Rounding): bigint {
  check(terms);
  const { balance, rate, payments } = terms;
  if (rate === 0n) return mulDiv(balance, 1n, BigInt(payments), rounding);
  // Both sides of the fraction times the denominator of (1 + r)^payments.
  const grown = (YEAR + rate) ** BigInt(payments);
  return mulDiv(balance, rate * grown, YEAR * (grown - YEAR ** BigInt(payments)), rounding);
}

/**
 * One month's expected payment in minor units, exactly: interest of a twelfth of a year, rounded; then principal: what is
 * left of the rounded level payment, a rounded equal part of the balance (linear), or none (bullet, interest only). The last
 * payment takes the whole balance. @throws PaymentTermsInvalid
 */
export function expectedPayment(terms: PaymentTerms, rounding: Rounding): ExpectedPayment {
  check(terms);
  const interest = mulDiv(terms.balance, terms.rate, YEAR, rounding);
  const principal = principalOf(terms, interest, rounding);
  return { interest, principal, total: interest + principal };
}

function principalOf(terms: PaymentTerms, interest: bigint, rounding: Rounding): bigint {
  const { balance, payments, amortisation = 'level', interestOnly = false } = terms;
  if (payments === 1) return balance;
  if (interestOnly || amortisation === 'bullet') return 0n;
  if (amortisation === 'linear') return mulDiv(balance, 1n, BigInt(payments), rounding);
  const principal = levelPayment(terms, rounding) - interest;
  // Rounding may take a payment of a few cents past its bounds.
  if (principal < 0n) return 0n;
  return principal > balance ? balance : principal;
}
