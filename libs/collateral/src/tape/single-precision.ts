/** Part by which a number may be off that was held in single precision: half of the last of its 24 bits, and its printing. */
const PARTS = 1n << 23n;
/** Below this, cents, single precision holds every cent. */
const EXACT = 13_107_200n;
/** Most significant digits that tell any two single-precision numbers apart. */
const DIGITS = 9;

const magnitude = (cents: bigint): bigint => (cents < 0n ? -cents : cents);
const digitsOf = (cents: bigint): number => String(magnitude(cents)).replace(/0+$/, '').length;

/** Whether an amount has no more digits than tell its single-precision number from others: what an export of such writes. */
function isSingle(cents: bigint): boolean {
  const held = Math.fround(Number(cents) / 100);
  const digits = digitsOf(cents);
  if (digits > DIGITS) return false;
  for (let fewer = 1; fewer < digits; fewer++) if (Math.fround(Number(held.toPrecision(fewer))) === held) return false;
  return true;
}

/**
 * How far amounts of a row, in cents, may together be off because they went through single-precision numbers on their way to
 * the tape, as those of many exports did: 45,429,934.70 then reads 45429932. Zero as soon as one of them holds more than such
 * a number can, for then none went through it. What is not stated is null.
 */
export function imprecision(amounts: readonly (bigint | null)[]): bigint {
  const stated = amounts.flatMap((amount) => (amount === null ? [] : [amount]));
  if (!stated.every(isSingle)) return 0n;
  const coarse = stated.map(magnitude).filter((size) => size >= EXACT);
  return coarse.reduce((sum, size) => sum + size / PARTS + 1n, 0n);
}
