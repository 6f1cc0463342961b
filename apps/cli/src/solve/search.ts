import { largestThat, solveFor } from '@weir/valuation';
import { type Condition, holds } from './condition.js';
import { type Quantity, STEP } from './quantity.js';

/** One evaluation. */
export interface Trial {
  readonly value: number;
  readonly measured: number;
  readonly holds: boolean;
}

/** What was found, and how. `sense` says which side of the answer meets the condition. */
export interface Solution {
  readonly sense: 'equal' | 'largest' | 'smallest' | 'everywhere' | 'nowhere';
  readonly value: number | null;
  readonly measured: number | null;
  readonly trials: readonly Trial[];
}

/**
 * The value at which a measure meets its condition. For `=` a root in the bracket; for a bound the largest value that
 * meets it, when the lower end does and the upper does not, or the smallest the other way round; to the step of the
 * quantity. @throws RootNotBracketed when an equality has no solution in the bracket
 */
export function search(
  measure: (value: number) => number,
  condition: Condition,
  { kind }: Quantity,
  [low, high]: readonly [number, number],
): Solution {
  const trials: Trial[] = [];
  const step = STEP[kind];
  const onGrid = (value: number): number => Math.round(value / step) * step;
  const at = (value: number): Trial => {
    const known = trials.find((trial) => trial.value === value);
    if (known) return known;
    const measured = measure(value);
    const trial = { value, measured, holds: holds(condition, measured) };
    trials.push(trial);
    return trial;
  };
  const found = (sense: Solution['sense'], value: number): Solution => ({
    sense,
    value,
    measured: at(value).measured,
    trials,
  });
  if (condition.op === '=') {
    const root = solveFor((value) => at(value).measured, condition.target, {
      lower: low,
      upper: high,
      tolerance: step / 2,
    });
    return found('equal', onGrid(root));
  }
  const [first, last] = [at(low).holds, at(high).holds];
  if (first && last) return { sense: 'everywhere', value: null, measured: null, trials };
  if (!first && !last) return { sense: 'nowhere', value: null, measured: null, trials };
  const steps = Math.max(1, Math.round((high - low) / step));
  const from = first ? low : high;
  const direction = first ? 1 : -1;
  const place = (count: number): number => onGrid(from + (direction * count * (high - low)) / steps);
  const count = largestThat((tried) => at(place(tried)).holds, { lower: 0, upper: steps, step: 1 });
  return found(first ? 'largest' : 'smallest', place(count));
}
