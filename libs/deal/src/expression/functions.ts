import type { FunctionName } from './ast.js';

/** How many arguments a function takes: least and most. */
export const ARITY: Record<FunctionName, readonly [number, number]> = {
  min: [2, 100],
  max: [2, 100],
  abs: [1, 1],
  if: [3, 3],
  roundDown: [1, 2],
  roundUp: [1, 2],
  roundHalfUp: [1, 2],
  addMonths: [2, 2],
  monthsBetween: [2, 2],
  yearOf: [1, 1],
  monthOf: [1, 1],
  cumulative: [1, 1],
  previous: [1, 2],
  lagged: [2, 3],
  average: [2, 2],
  total: [2, 2],
  highest: [1, 1],
  lowest: [1, 1],
};

const HISTORIES = ['cumulative', 'previous', 'lagged', 'average', 'total', 'highest', 'lowest'] as const;
const EARLIER = ['previous', 'lagged'] as const;

/** Functions of a name's values over payment dates. */
export type HistoryFunction = (typeof HISTORIES)[number];

/** Longest look back of `lagged`, `average` and `total`, in payment dates. */
export const LONGEST_HISTORY = 60;

export function isHistory(name: FunctionName): name is HistoryFunction {
  return HISTORIES.some((known) => known === name);
}

/** Whether a history function looks only at payment dates before this one, so that it cannot close a circle. */
export function looksBack(name: FunctionName): boolean {
  return EARLIER.some((known) => known === name);
}

/** Index of the argument that says over how many payment dates, or null. */
export function countArgument(name: HistoryFunction): number | null {
  return name === 'lagged' || name === 'average' || name === 'total' ? 1 : null;
}

/** Index of the argument that stands in before the first payment date, or null. */
export function initialArgument(name: HistoryFunction): number | null {
  if (name === 'previous') return 1;
  return name === 'lagged' ? 2 : null;
}
