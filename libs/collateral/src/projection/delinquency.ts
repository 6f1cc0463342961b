import { type Curve, curveAt } from './curve.js';

/** Where a loan stands: days past due in buckets of a month, `120` and more in the last. */
export const LOAN_STATUSES = ['current', '30', '60', '90', '120'] as const;
export type LoanStatus = (typeof LOAN_STATUSES)[number];

/** Where a month may take a loan: into a status, or into default. A roll to `current` is a cure. */
export const ROLL_TARGETS = [...LOAN_STATUSES, 'default'] as const;
export type RollTarget = (typeof ROLL_TARGETS)[number];

/** Shares of the balance in a status that a month takes elsewhere; what no entry takes stays. */
export type RollRates = Partial<Readonly<Record<LoanStatus, Partial<Readonly<Record<RollTarget, number>>>>>>;

/**
 * How loans come to default:
 * - `rolls`: by a matrix of roll rates from month to month, beginning with each loan's status at the cut-off date;
 * - `lagged`: the default speed says how many stop paying; they pass through the buckets and default that many months later.
 */
export type Delinquency =
  { readonly kind: 'rolls'; readonly rates: RollRates } | { readonly kind: 'lagged'; readonly months: number };

/** Statuses of the matrix; and targets, default last. */
export const STATUSES = LOAN_STATUSES.length;
export const TARGETS = ROLL_TARGETS.length;

/**
 * The matrix of one month, row-major, `STATUSES` × `TARGETS`, rows that sum to 1. `multiple` stresses what worsens a
 * status: all such shares alike, at most so far that the whole status worsens; what does not worsen shares the rest as
 * before.
 */
export function rollMatrix(rates: RollRates, multiple = 1): Float64Array {
  const matrix = new Float64Array(STATUSES * TARGETS);
  LOAN_STATUSES.forEach((status, from) => {
    const row = ROLL_TARGETS.map((target) => rates[status]?.[target] ?? 0);
    row[from] = 1 - row.reduce((sum, share, to) => (to === from ? sum : sum + share), 0);
    const worse = row.reduce((sum, share, to) => (to > from ? sum + share : sum), 0);
    const stressed = Math.min(worse * multiple, 1);
    row.forEach((share, to) => {
      const scale = stressed === worse ? 1 : to > from ? stressed / worse : (1 - stressed) / (1 - worse);
      matrix[from * TARGETS + to] = share * scale;
    });
  });
  return matrix;
}

/** The matrix of a month in which `stopping` of the current loans stop paying, to default `months` months later. */
export function laggedMatrix(months: number, stopping: number): Float64Array {
  const matrix = new Float64Array(STATUSES * TARGETS);
  matrix[0] = 1 - stopping;
  matrix[1] = stopping;
  for (let from = 1; from < STATUSES; from++) matrix[from * TARGETS + (from >= months ? TARGETS - 1 : from + 1)] = 1;
  return matrix;
}

/** Whether a stress moves with the month or the age; a constant gives every month the same matrix. */
export function multipleAt(multiple: Curve | undefined, month: number, age: number): number {
  return multiple === undefined ? 1 : curveAt(multiple, month, age);
}
