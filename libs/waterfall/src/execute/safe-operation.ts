import { bigOf, safeOf } from './safe-integer.js';

const MOST = Number.MAX_SAFE_INTEGER;

export type Rounding = 'floor' | 'half-up' | 'ceiling';

/**
 * a·b ÷ c of safe integers, rounded as MULF (floor), MULN (half up) or MULC (ceiling) say; Infinity when the result is no
 * safe integer. c must not be zero.
 *
 * Below 2^53 the float64 quotient of two integers reaches the next integer only when the exact one does: an exact quotient
 * that is no integer lies at least 1 ÷ c below the next, which is more than rounding adds.
 */
export function multiplyDivide(rounding: Rounding, a: number, b: number, c: number): number {
  const added = rounding === 'floor' ? 0 : rounding === 'half-up' ? Math.floor(c / 2) : c - 1;
  const dividend = a * b + added;
  if (dividend <= MOST) return Math.floor(dividend / c);
  const exact = (bigOf(a) * bigOf(b) + bigOf(added)) / bigOf(c);
  const safe = safeOf(exact);
  return safe < 0 ? Infinity : safe;
}
