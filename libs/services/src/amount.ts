import { MoneyFormatError, parseMoney } from '@weir/money';
import { Problem } from './problem.js';

/** An amount is not a positive amount of money with at most two decimals. */
export class AmountInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'amount-invalid';
  constructor(amount: string) {
    super(`"${amount}" is not an amount; write it like 1234.50, above zero.`, { amount });
  }
}

/** Parses an amount above zero, in cents. @throws AmountInvalid */
export function positiveAmount(text: string): bigint {
  try {
    const cents = parseMoney(text);
    if (cents > 0n) return cents;
  } catch (error) {
    if (!(error instanceof MoneyFormatError)) throw error;
  }
  throw new AmountInvalid(text);
}
