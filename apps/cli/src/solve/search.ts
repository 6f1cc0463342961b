import { largestThat, solveFor } from '@weir/valuation';
import { type Condition, holds } from './condition.js';
import { type Quantity, STEP } from './quantity.js';

/** One evaluation. */
export interface Trial {
  readonly value: number;
  readonly measured: number;
  readonly holds: boolean;
}

/** Two values between which the condition begins or ends to be met. */
export type Change = readonly [Trial, Trial];

/** What was found, and how. `sense` says which side of the answer meets the condition. */
export interface Solution {
  readonly sense: 'equal' | 'largest' | 'smallest' | 'everywhere' | 'nowhere';
  readonly value: number | null;
  readonly measured: number | null;
  /** Values, evenly spread from end to end of the bracket, that were looked at before the search. */
  readonly looked: number;
  /** Between which of them something changes, from low to high. The answer is in the first; each further one has its own. */
  readonly changes: readonly Change[];
  readonly trials: readonly Trial[];
}

/** Parts into which a bracket is cut to see where its condition changes. */
const PARTS = 16;

/** Evaluations kept, on the grid of the quantity. */
class Trials {
  readonly all: Trial[] = [];

  constructor(
    private readonly measure: (value: number) => number,
    private readonly condition: Condition,
    readonly step: number,
  ) {}

  onGrid(value: number): number {
    return Math.round(value / this.step) * this.step;
  }

  at(value: number): Trial {
    const known = this.all.find((trial) => trial.value === value);
    if (known) return known;
    const measured = this.measure(value);
    const trial = { value, measured, holds: holds(this.condition, measured) };
    this.all.push(trial);
    return trial;
  }

  /** Values from end to end of a bracket; as many as its grid has, when that is fewer. */
  across(low: number, high: number): Trial[] {
    const inner = Array.from({ length: PARTS - 1 }, (_, part) =>
      this.onGrid(low + ((part + 1) * (high - low)) / PARTS),
    );
    return [...new Set([low, ...inner.filter((value) => value > low && value < high), high])].map((value) =>
      this.at(value),
    );
  }
}

/** Neighbours of which one side is not the other's. */
function changesOf(looked: readonly Trial[], side: (trial: Trial) => number): Change[] {
  return looked.flatMap((trial, index): Change[] => {
    const next = looked[index + 1];
    return next && side(trial) !== side(next) ? [[trial, next]] : [];
  });
}

/**
 * The value at which a measure meets its condition, looked for where the condition first changes between values spread over
 * the bracket. For `=` a value at which the measure is that; for a bound the largest value that meets it, when lower ones do,
 * or the smallest, when higher ones do; to the step of the quantity. What changes between two of those values and back is
 * not seen. `changes` has all places where something changes.
 */
export function search(
  measure: (value: number) => number,
  condition: Condition,
  { kind }: Quantity,
  [low, high]: readonly [number, number],
): Solution {
  const trials = new Trials(measure, condition, STEP[kind]);
  const looked = trials.across(low, high);
  const equality = condition.op === '=';
  const side = ({ measured, holds: met }: Trial): number =>
    equality ? (measured >= condition.target ? 1 : 0) : met ? 1 : 0;
  const changes = changesOf(looked, side);
  const said = { looked: looked.length, changes, trials: trials.all };
  const [first] = changes;
  const exact = equality ? looked.find((trial) => trial.holds) : undefined;
  if (exact) return { ...said, sense: 'equal', value: exact.value, measured: exact.measured };
  if (!first) {
    const sense = !equality && looked[0]?.holds ? 'everywhere' : 'nowhere';
    return { ...said, sense, value: null, measured: null };
  }
  const [from, to] = [first[0].value, first[1].value];
  const value = equality ? rootIn(trials, condition, from, to) : edgeIn(trials, first);
  const sense = equality ? 'equal' : first[0].holds ? 'largest' : 'smallest';
  return { ...said, sense, value, measured: trials.at(value).measured };
}

function rootIn(trials: Trials, { target }: Condition, lower: number, upper: number): number {
  const root = solveFor((value) => trials.at(value).measured, target, { lower, upper, tolerance: trials.step / 2 });
  return trials.onGrid(root);
}

/** The last value, from the end that meets the condition, that still does. */
function edgeIn(trials: Trials, [a, b]: Change): number {
  const [from, to] = a.holds ? [a.value, b.value] : [b.value, a.value];
  const steps = Math.max(1, Math.round(Math.abs(to - from) / trials.step));
  const place = (count: number): number => trials.onGrid(from + (count * (to - from)) / steps);
  return place(largestThat((tried) => trials.at(place(tried)).holds, { lower: 0, upper: steps, step: 1 }));
}
