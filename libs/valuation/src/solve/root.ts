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
  const at = (x: number): Point => ({ x, off: f(x) - target });
  let [low, high] = [at(bracket.lower), at(bracket.upper)];
  if (low.off === 0 || high.off === 0) return low.off === 0 ? low.x : high.x;
  if (!changesSign(low, high)) {
    throw new RootNotBracketed(low.x, high.x, low.off + target, high.off + target, target);
  }
  let best = Number.POSITIVE_INFINITY;
  for (let used = 0; used < steps; used += 2) {
    const middle = at((low.x + high.x) / 2);
    const trial = at(ridders(low, middle, high));
    if (trial.off === 0 || Math.abs(trial.x - best) <= tolerance) return trial.x;
    best = trial.x;
    const [first, second] = middle.x <= trial.x ? [middle, trial] : [trial, middle];
    if (changesSign(low, first)) high = first;
    else [low, high] = changesSign(first, second) ? [first, second] : [second, high];
    if (high.x - low.x <= tolerance) return best;
  }
  throw new RootNotReached(steps, best);
}

/** A point and how far the function is off the target there. */
interface Point {
  readonly x: number;
  readonly off: number;
}

const changesSign = (a: Point, b: Point): boolean => Math.sign(a.off) * Math.sign(b.off) <= 0;

/** Where the curve would pass the target, were it an exponential times a line; the middle where it is infinite. */
function ridders(low: Point, middle: Point, high: Point): number {
  const scale = Math.sqrt(Math.abs(low.off)) * Math.sqrt(Math.abs(high.off));
  const share = (Math.sign(low.off) * middle.off) / Math.hypot(middle.off, scale);
  return Number.isFinite(share) ? middle.x + (middle.x - low.x) * share : middle.x;
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
    if (Math.sign(low - target) * Math.sign(high - target) <= 0) return { lower, upper };
    if (lower === range.least && upper === range.most) throw new RootNotBracketed(lower, upper, low, high, target);
  }
}
