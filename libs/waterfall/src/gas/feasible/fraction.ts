/** An exact quotient in lowest terms; `den` is above zero. */
export interface Fraction {
  num: bigint;
  den: bigint;
}

/** The greatest common divisor of two numbers, of which one is not zero. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** num ÷ den in lowest terms. */
export function fraction(num: bigint, den = 1n): Fraction {
  if (den === 1n) return { num, den };
  const divisor = den < 0n ? -gcd(num, den) : gcd(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** a + b × factor. */
export function plus(a: Fraction, b: Fraction, factor: Fraction = { num: 1n, den: 1n }): Fraction {
  const den = b.den * factor.den;
  return fraction(a.num * den + b.num * factor.num * a.den, a.den * den);
}

/** Whether it is below a whole number. */
export const isBelow = ({ num, den }: Fraction, whole: bigint): boolean => num < whole * den;

/** Whether it is above a whole number. */
export const isAbove = ({ num, den }: Fraction, whole: bigint): boolean => num > whole * den;
