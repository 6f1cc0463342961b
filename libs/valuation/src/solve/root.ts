import { RootNotBracketed, RootNotReached } from '../errors.js';

/** Where to look for a solution, and how closely. */
export interface Bracket {
  readonly lower: number;
  readonly upper: number;
  /** Two trials in a row that differ by no more than this end the search; 1e-12 when not given. */
  readonly tolerance?: number;
  /** Evaluations allowed; 200 when not given. */
  readonly steps?: number;
}

/**
 * Solves f(x) = target in a bracket by Ridders' method (C. J. F. Ridders, IEEE Transactions on Circuits and Systems 26,
 * 1979): the bracket at least halves at each step, so it ends for every continuous function whose values at the ends
 * lie on different sides of the target. @throws RootNotBracketed @throws RootNotReached
 */
export function solveFor(f: (x: number) => number, target: number, bracket: Bracket): number {
  const { tolerance = 1e-12, steps = 200 } = bracket;
  const off = (x: number): number => f(x) - target;
  let [low, high] = [bracket.lower, bracket.upper];
  let [offLow, offHigh] = [off(low), off(high)];
  if (offLow === 0) return low;
  if (offHigh === 0) return high;
  if (!(offLow * offHigh < 0)) throw new RootNotBracketed(low, high, offLow + target, offHigh + target, target);
  let best = Number.POSITIVE_INFINITY;
  for (let used = 0; used < steps; used += 2) {
    const middle = (low + high) / 2;
    const offMiddle = off(middle);
    const trial =
      middle + ((middle - low) * Math.sign(offLow) * offMiddle) / Math.hypot(offMiddle, Math.sqrt(-offLow * offHigh));
    const offTrial = off(trial);
    if (offTrial === 0 || Math.abs(trial - best) <= tolerance) return trial;
    best = trial;
    // Of the four points, the two neighbours between which the sign changes are the next bracket.
    const points = [
      [low, offLow],
      [middle, offMiddle],
      [trial, offTrial],
      [high, offHigh],
    ] as [number, number][];
    points.sort(([a], [b]) => a - b);
    const change = points.findIndex(([, value], i) => i > 0 && value * (points[i - 1]?.[1] ?? 0) <= 0);
    [[low, offLow], [high, offHigh]] = [points[change - 1] ?? [low, offLow], points[change] ?? [high, offHigh]];
    if (high - low <= tolerance) return trial;
  }
  throw new RootNotReached(steps, best);
}

/**
 * Widens a bracket around `from` until the target lies inside, doubling the step on both sides within limits.
 * @throws RootNotBracketed
 */
export function bracketAround(
  f: (x: number) => number,
  target: number,
  range: { readonly from: number; readonly step: number; readonly least: number; readonly most: number },
): Bracket {
  for (let step = range.step; ; step *= 2) {
    const lower = Math.max(range.least, range.from - step);
    const upper = Math.min(range.most, range.from + step);
    const [low, high] = [f(lower), f(upper)];
    if ((low - target) * (high - target) <= 0) return { lower, upper };
    if (lower === range.least && upper === range.most) throw new RootNotBracketed(lower, upper, low, high, target);
  }
}
