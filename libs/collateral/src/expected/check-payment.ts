import { RATE_SCALE } from '@weir/money';
import type { PaymentTerms } from './payment-terms.js';

/** Terms of a payment are out of range. */
export class PaymentTermsInvalid extends Error {
  override readonly name = 'PaymentTermsInvalid';
  constructor(
    readonly field: keyof PaymentTerms,
    readonly value: bigint | number,
    readonly expected: string,
  ) {
    super(`${field} is ${value}; give ${expected}`);
  }
}

const MOST_PAYMENTS = 1200;
const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

/** @throws PaymentTermsInvalid */
export function checkTerms(terms: PaymentTerms): void {
  const { balance, rate, payments, days, minimum, residual = 0n, forborne = 0n } = terms;
  const need = (holds: boolean, field: keyof PaymentTerms, value: bigint | number, expected: string): void => {
    if (!holds) throw new PaymentTermsInvalid(field, value, expected);
  };
  const amount = 'an amount that is not negative';
  need(balance >= 0n, 'balance', balance, amount);
  need(rate >= 0n && rate < RATE_SCALE, 'rate', rate, 'a rate from 0 to 100 % a year');
  need(isCount(payments, MOST_PAYMENTS), 'payments', payments, `a whole number from 1 to ${MOST_PAYMENTS}`);
  need(residual >= 0n && residual <= balance, 'residual', residual, 'an amount up to the balance');
  const isKept = forborne >= 0n && forborne + residual <= balance;
  need(isKept, 'forborne', forborne, 'an amount up to the balance less the residual value');
  for (const field of ['agreed', 'scheduledPrincipal'] as const)
    need((terms[field] ?? 0n) >= 0n, field, terms[field] ?? 0n, amount);
  if (minimum) {
    const isShare = minimum.share >= 0n && minimum.share <= RATE_SCALE && minimum.amount >= 0n;
    need(isShare, 'minimum', minimum.share, 'a share from 0 to 100 %, and an amount that is not negative');
  }
  if (days) {
    const isPeriod =
      Number.isInteger(days.period) && days.period >= 0 && days.period <= 3660 && isCount(days.year, 366);
    need(isPeriod, 'days', days.period, 'whole days of the period, over those of the year');
  }
}
