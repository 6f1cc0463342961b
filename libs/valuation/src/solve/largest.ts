import { RootNotBracketed } from '../errors.js';

/**
 * The largest multiple of `step` from `lower` to `upper` (both included, `lower` a multiple of it from which to count)
 * for which `holds`, by bisection: `holds` must be true up to some point and false beyond it (a class size that still
 * has its credit enhancement, a default rate at which a class is still repaid). Exact in the number of steps.
 * @throws RootNotBracketed when it does not even hold at `lower`
 */
export function largestThat(
  holds: (x: number) => boolean,
  range: { readonly lower: number; readonly upper: number; readonly step: number },
): number {
  const at = (steps: number): number => range.lower + steps * range.step;
  if (!holds(at(0))) throw new RootNotBracketed(range.lower, range.upper, 0, 0, 1);
  let [good, bad] = [0, Math.floor((range.upper - range.lower) / range.step + 1e-9) + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (holds(at(middle))) good = middle;
    else bad = middle;
  }
  return at(good);
}
