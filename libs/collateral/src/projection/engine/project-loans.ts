import type { PlainDate } from '@weir/calendar';
import type { IndexCurves } from '../adjustable-rate.js';
import { longestRecovery, type PoolAssumptions } from '../assumptions.js';
import { checkAssumptions } from '../check-assumptions.js';
import { addFlows, type PoolFlows } from '../pool-flows.js';
import { cellsOf, emptyCells, mergeCells } from './cells.js';
import { FirstMonthMissing } from '../errors.js';
import { finishFlows } from './finish-flows.js';
import type { LoanColumns } from './loan-columns.js';
import { type EnginePlan, LoanEngine } from './loan-engine.js';
import { monthDays } from './month-days.js';

/** Loans of a batch: enough work for a thread to be sent, few enough that all threads end together. */
export const BATCH_LOANS = 8192;

/** Flows of a pool by segment, in the order of the segments given, and in all. */
export interface SegmentedFlows {
  readonly segments: readonly PoolFlows[];
  readonly pool: PoolFlows;
}

/** A range of loans, `to` exclusive. */
export interface Batch {
  readonly from: number;
  readonly to: number;
}

/** The batches of a pool, in order. */
export function batchesOf({ loans }: LoanColumns, size = BATCH_LOANS): Batch[] {
  return Array.from({ length: Math.ceil(loans / size) }, (_, index) => ({
    from: index * size,
    to: Math.min((index + 1) * size, loans),
  }));
}

/** @throws FirstMonthMissing when loans count days and nothing says which months they are */
function checkDays({ plans }: LoanColumns, firstMonth: PlainDate | undefined): void {
  const counted = plans.find(({ schedule }) => (schedule?.dayCount ?? '30/360') !== '30/360');
  if (counted?.schedule?.dayCount && firstMonth === undefined) throw new FirstMonthMissing(counted.schedule.dayCount);
}

/**
 * Checks the assumptions and finds how many months the projection takes: until the last payment and, with `charged-off`, the
 * last recovery. `firstMonth`, the first day of the first projected month, is needed where loans count days.
 * @throws PoolAssumptionInvalid @throws FirstMonthMissing
 */
export function planProjection(
  pool: LoanColumns,
  segments: readonly PoolAssumptions[],
  indices: IndexCurves = {},
  firstMonth?: PlainDate,
): EnginePlan {
  segments.forEach(checkAssumptions);
  checkDays(pool, firstMonth);
  const after = segments.map((each) => (each.defaultedLoans === 'charged-off' ? longestRecovery(each) : 0));
  let months = 0;
  for (let loan = 0; loan < pool.loans; loan++) {
    const end = pool.lastMonth[loan]! + after[pool.segment[loan]!]!;
    if (end > months) months = end;
  }
  return { segments, indices, months, days: monthDays(months, firstMonth) };
}

/** Sums of batches, which must come in their order, whoever made them. */
export class FlowSums {
  private readonly all: Float64Array;

  constructor(private readonly plan: EnginePlan) {
    this.all = emptyCells(plan.segments.length, plan.months);
  }

  add(batch: Float64Array): void {
    mergeCells(this.all, batch);
  }

  flows(): SegmentedFlows {
    const { segments, months } = this.plan;
    const flows = segments.map((assumptions, segment) =>
      finishFlows(cellsOf(this.all, segment, months), assumptions, months),
    );
    return { segments: flows, pool: flows.length === 1 && flows[0] ? flows[0] : addFlows(flows) };
  }
}

/**
 * Projects a pool loan by loan, month by month, in this thread, by the standard formulas of The Bond Market Association (now
 * SIFMA), Uniform Practices, chapter SF, B and C. Float64 without any rounding: it shows the future and never feeds a
 * payment. `segments` are the assumptions that the loans' `segment` points to. Memory grows with segments × months.
 * @throws PoolAssumptionInvalid @throws IndexMissing @throws FirstMonthMissing
 */
export function projectLoans(
  pool: LoanColumns,
  segments: readonly PoolAssumptions[],
  indices: IndexCurves = {},
  firstMonth?: PlainDate,
): SegmentedFlows {
  const plan = planProjection(pool, segments, indices, firstMonth);
  const engine = new LoanEngine(pool, plan);
  const sums = new FlowSums(plan);
  for (const { from, to } of batchesOf(pool)) sums.add(engine.batch(from, to));
  return sums.flows();
}
