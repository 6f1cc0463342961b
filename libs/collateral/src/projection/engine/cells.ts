/**
 * What the engine adds up loan by loan, a column a month for each segment; all other columns of the flows follow from
 * these. `scheduled` is by how much schedules reduce balances: capitalised interest makes it less, residual values and what is
 * written off are in it; `gross` and `net` are interest before any of it is capitalised; `prepaid` holds what is defeased.
 * `lostAtDefault` is what will be lost of the month's defaults; `heldBalance` and those like it are of defaulted loans on
 * which the servicer advances; `missed…` is owed by loans that end the month delinquent, and
 * `cured…` what loans pay of such arrears.
 */
export const CELLS = [
  'opening',
  'scheduled',
  'prepaid',
  'gross',
  'net',
  'defaults',
  'lostAtDefault',
  'count',
  'penalties',
  'dilutions',
  'draws',
  'capitalised',
  'forgiven',
  'residualsDue',
  'residualsSold',
  'defeased',
  'heldBalance',
  'heldScheduled',
  'heldInterest',
  'heldLosses',
  'heldRecoveries',
  'in30',
  'in60',
  'in90',
  'in120',
  'missedInterest',
  'missedPrincipal',
  'curedInterest',
  'curedPrincipal',
] as const;
export type Cell = (typeof CELLS)[number];

/** Columns of one segment, views of one array. */
export type SegmentCells = Readonly<Record<Cell, Float64Array>>;

/** Sums of a batch of loans: segment after segment, column after column, month after month. */
export function emptyCells(segments: number, months: number): Float64Array {
  return new Float64Array(segments * CELLS.length * months);
}

/** The columns of a segment within the sums of a batch. */
export function cellsOf(all: Float64Array, segment: number, months: number): SegmentCells {
  const view = (index: number): Float64Array => {
    const from = (segment * CELLS.length + index) * months;
    return all.subarray(from, from + months);
  };
  return Object.fromEntries(CELLS.map((name, index) => [name, view(index)])) as Record<Cell, Float64Array>;
}

/**
 * Adds the sums of a batch. Sums of float64 depend on their order: merged in the order of the batches, the result is the
 * same to the bit whatever thread made which.
 */
export function mergeCells(into: Float64Array, batch: Float64Array): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] as number) + (batch[at] as number);
}
