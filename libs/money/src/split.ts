import { SplitError } from './errors.js';

/**
 * Splits a non-negative total over weights by the largest remainder: each part is floor(total × weight ÷ Σ weights),
 * and the units left go to the largest remainders, ties to the lower index. The parts sum to the total exactly.
 * @throws SplitError when there is no weight, all are zero, or something is negative.
 */
export function splitLargestRemainder(total: bigint, weights: bigint[]): bigint[] {
  if (weights.length === 0) throw new SplitError('no-weights');
  if (total < 0n) throw new SplitError('negative-total');
  if (weights.some((weight) => weight < 0n)) throw new SplitError('negative-weight');
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw new SplitError('zero-weights');
  const parts = weights.map((weight) => (total * weight) / sum);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  let left = total - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
