import { IndexMissing, PoolLineInvalid } from './errors.js';

/** How an adjustable rate (ARM) is set: on each reset the index plus the margin, within the caps and the floor. */
export interface AdjustableRate {
  /** Name of the index. */
  readonly index: string;
  /** Fractions a year. */
  readonly margin: number;
  /** Projected month (from 1) from which on the first new rate holds. */
  readonly firstReset: number;
  /** Months from reset to reset. */
  readonly resetEvery: number;
  /** Months before a reset whose index counts; 0 when not given. */
  readonly lookback?: number;
  /** Most that the first reset may move the rate, either way; `periodicCap` when not given. */
  readonly initialCap?: number;
  /** Most that one reset may move the rate, either way. */
  readonly periodicCap?: number;
  /** The rate before its bounds is rounded to the nearest multiple of this (0.00125 is an eighth of a percent). */
  readonly roundTo?: number;
  /** Bounds of the rate over the loan's life. */
  readonly lifeCap?: number;
  readonly floor?: number;
}

/** Indices by name: fractions a year by projected month (entry 0 is the first), the last value holding for ever after. */
export type IndexCurves = Readonly<Record<string, readonly number[]>>;

/** @throws PoolLineInvalid at the first term of a reset that is out of range. */
export function checkAdjustable(terms: AdjustableRate, line: number): void {
  const need = (holds: boolean, field: keyof AdjustableRate, expected: string): void => {
    if (!holds) throw new PoolLineInvalid(line, `adjustable.${field}`, Number(terms[field] ?? 0), expected);
  };
  const isMonth = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= 1200;
  const { margin, firstReset, resetEvery, lookback = 0, periodicCap = 0, lifeCap = 0, floor = 0 } = terms;
  const { initialCap = 0, roundTo = 0.01 } = terms;
  need(initialCap >= 0 && initialCap < 1, 'initialCap', 'a fraction a year, like 0.05 for 5 %');
  need(roundTo > 0 && roundTo < 1, 'roundTo', 'a fraction a year above zero, like 0.00125 for an eighth of a percent');
  need(margin > -1 && margin < 1, 'margin', 'a fraction a year, like 0.02 for 2 %');
  need(isMonth(firstReset, 1), 'firstReset', 'a projected month from 1');
  need(isMonth(resetEvery, 1), 'resetEvery', 'whole months from 1');
  need(isMonth(lookback, 0), 'lookback', 'whole months from 0');
  need(periodicCap >= 0 && periodicCap < 1, 'periodicCap', 'a fraction a year, like 0.02 for 2 %');
  need(lifeCap >= 0 && lifeCap < 1, 'lifeCap', 'a fraction a year, like 0.12 for 12 %');
  need(floor >= 0 && floor < 1, 'floor', 'a fraction a year, like 0.01 for 1 %');
}

const bounded = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The multiple that is nearest, the upper one of two; what float64 adds below 1e-9 of a multiple does not decide. */
const nearest = (value: number, unit: number): number => Math.floor(value / unit + 0.5 + 1e-9) * unit;

/**
 * Writes the rates of the first `months` projected months, beginning with `rate`. A rate is never below zero.
 * @throws IndexMissing
 */
export function writeAdjustable(
  terms: AdjustableRate,
  rate: number,
  indices: IndexCurves,
  into: Float64Array,
  months: number,
): void {
  const { firstReset, resetEvery, lookback = 0, periodicCap = Infinity } = terms;
  const { floor = 0, lifeCap = Infinity, initialCap = periodicCap, roundTo } = terms;
  const curve = indices[terms.index];
  if (!curve || curve.length === 0) throw new IndexMissing(terms.index, Object.keys(indices), 'adjustable');
  let held = rate;
  for (let month = 1; month <= months; month++) {
    if (month >= firstReset && (month - firstReset) % resetEvery === 0) {
      const index = curve[bounded(month - lookback, 1, curve.length) - 1] ?? 0;
      const cap = month === firstReset ? initialCap : periodicCap;
      const agreed = roundTo === undefined ? index + terms.margin : nearest(index + terms.margin, roundTo);
      const within = bounded(agreed, held - cap, held + cap);
      held = bounded(within, floor, lifeCap);
    }
    into[month - 1] = held;
  }
}
