/** An exact ratio in lowest terms; `den` is above zero. */
export interface Fraction {
  num: bigint;
  den: bigint;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** num ÷ den in lowest terms; `den` above zero. */
export function fraction(num: bigint, den: bigint): Fraction {
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** The exact sum; of none it is zero. */
export function sumOf(parts: readonly Fraction[]): Fraction {
  return parts.reduce((a, b) => fraction(a.num * b.den + b.num * a.den, a.den * b.den), { num: 0n, den: 1n });
}
