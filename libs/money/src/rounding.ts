import { DivisionByZero } from './errors.js';

/**
 * How a quotient becomes an integer. All four act on the magnitude, so that a reversal rounds like what it reverses:
 * `down` towards zero, `up` away from zero, `half-up` ties away from zero, `half-even` ties to the even neighbour.
 */
export type Rounding = 'down' | 'up' | 'half-up' | 'half-even';

function roundsUp(quotient: bigint, remainder: bigint, divisor: bigint, rounding: Rounding): boolean {
  switch (rounding) {
    case 'down':
      return false;
    case 'up':
      return remainder > 0n;
    case 'half-up':
      return remainder * 2n >= divisor;
    case 'half-even':
      return remainder * 2n > divisor || (remainder * 2n === divisor && quotient % 2n === 1n);
  }
}

/**
 * a × b ÷ c with one rounding. Units: those of a × b ÷ c; factors may have either sign, the divisor may not be zero.
 * @throws DivisionByZero when c is zero.
 */
export function mulDiv(a: bigint, b: bigint, c: bigint, rounding: Rounding): bigint {
  if (c === 0n) throw new DivisionByZero();
  const product = a * b;
  const negative = product < 0n !== c < 0n;
  const dividend = product < 0n ? -product : product;
  const divisor = c < 0n ? -c : c;
  const quotient = dividend / divisor;
  const magnitude = roundsUp(quotient, dividend % divisor, divisor, rounding) ? quotient + 1n : quotient;
  return negative ? -magnitude : magnitude;
}
