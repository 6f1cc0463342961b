import { mulDiv, RATE_SCALE, type Rounding } from '@weir/money';
import { checkTerms } from './check-payment.js';
import type { PaymentTerms } from './payment-terms.js';

/**
 * A scheduled payment in minor units. `total` is the borrower's, interest and principal; the balance then is
 * balance − principal − residual + capitalised.
 */
export interface ExpectedPayment {
  /** Interest that is paid. */
  readonly interest: bigint;
  readonly principal: bigint;
  readonly total: bigint;
  /** Interest that is added to the balance instead. */
  readonly capitalised: bigint;
  /** Residual value that falls due. */
  readonly residual: bigint;
}

/** What a borrower pays of a loan's interest and principal, minor units. */
export type LoanPayment = Pick<ExpectedPayment, 'interest' | 'principal' | 'total'>;

const YEAR = 12n * RATE_SCALE;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** What payments may repay before the last: all but what is due with it. */
const repayable = ({ balance, residual = 0n, forborne = 0n }: PaymentTerms): bigint => balance - residual - forborne;

/**
 * The level payment that repays a balance down to its residual value, minor units, with one rounding: with r = rate ÷ 12 and
 * A what is to be repaid, A × r ÷ (1 − (1 + r)^−payments) and the residual value's interest; in integers throughout.
 * @throws PaymentTermsInvalid
 */
export function levelPayment(terms: PaymentTerms, rounding: Rounding): bigint {
  checkTerms(terms);
  const { rate, payments, residual = 0n } = terms;
  const owed = repayable(terms);
  if (rate === 0n) return mulDiv(owed, 1n, BigInt(payments), rounding);
  // Both sides of the fraction times the denominator of (1 + r)^payments.
  const grown = (YEAR + rate) ** BigInt(payments);
  const growth = grown - YEAR ** BigInt(payments);
  return mulDiv(rate * (owed * grown + residual * growth), 1n, YEAR * growth, rounding);
}

function interestOf({ balance, rate, days, forborne = 0n }: PaymentTerms, rounding: Rounding): bigint {
  const bearing = balance - forborne;
  if (!days) return mulDiv(bearing, rate, YEAR, rounding);
  return mulDiv(bearing * BigInt(days.period), rate, BigInt(days.year) * RATE_SCALE, rounding);
}

/**
 * One month's expected payment in minor units, exactly: interest of a twelfth of a year (or of its days), rounded; then
 * principal: what is left of the rounded level payment or of the agreed one, a rounded equal part of the balance (linear), the fixed
 * schedule's, or none (bullet, interest only). The last payment takes the whole balance, a residual value apart.
 * @throws PaymentTermsInvalid
 */
export function expectedPayment(terms: PaymentTerms, rounding: Rounding): ExpectedPayment {
  checkTerms(terms);
  const accrued = interestOf(terms, rounding);
  const isLast = terms.payments === 1;
  const residual = isLast ? (terms.residual ?? 0n) : 0n;
  const capitalised = isLast ? 0n : capitalisedOf(terms, accrued);
  const interest = accrued - capitalised;
  const principal = isLast
    ? terms.balance - residual
    : most(least(principalOf(terms, accrued, rounding), repayable(terms)), 0n);
  return { interest, principal, total: interest + principal, capitalised, residual };
}

function capitalisedOf({ capitalised, interestOnly, agreed }: PaymentTerms, accrued: bigint): bigint {
  if (capitalised) return accrued;
  return agreed === undefined || interestOnly ? 0n : most(accrued - agreed, 0n);
}

/** Principal before the last payment; rounding may take it past its bounds. */
function principalOf(terms: PaymentTerms, accrued: bigint, rounding: Rounding): bigint {
  const { balance, payments, amortisation = 'level', minimum, scheduledPrincipal, agreed } = terms;
  if (terms.interestOnly || terms.capitalised) return 0n;
  if (scheduledPrincipal !== undefined) return scheduledPrincipal;
  if (minimum) return most(mulDiv(balance, minimum.share, RATE_SCALE, rounding), minimum.amount) - accrued;
  if (agreed !== undefined) return agreed - accrued;
  if (amortisation === 'bullet') return 0n;
  if (amortisation === 'linear') return mulDiv(repayable(terms), 1n, BigInt(payments), rounding);
  return levelPayment(terms, rounding) - accrued;
}
