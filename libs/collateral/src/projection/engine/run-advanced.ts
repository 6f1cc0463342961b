import type { SegmentCells } from './cells.js';
import { type LoanRun, takeParts } from './run-paying.js';

/** Months of scratch that the defaulted balances of one loan take. */
export interface AdvancedScratch {
  /** New defaults by month, from 1. */
  readonly defaulted: Float64Array;
  /** Scheduled balance of one unit after each month, from 0. */
  readonly scheduled: Float64Array;
}

export function emptyAdvanced(months: number): AdvancedScratch {
  return { defaulted: new Float64Array(months + 1), scheduled: new Float64Array(months + 1) };
}

/**
 * What becomes of defaulted loans whose scheduled payments the servicer advances until they are liquidated, `lag` months
 * after default (Uniform Practices SF, C.3): they amortise as if they paid. The performing balance,
 * which says what defaults, runs here once more: few pools ask for this, and the loop of all others stays short.
 */
export function runAdvanced(run: LoanRun, lag: number, cells: SegmentCells, scratch: AdvancedScratch): void {
  const { schedule, rates, lastDefault } = run;
  const { end, share, gross, net } = schedule;
  const { defaulted, scheduled } = scratch;
  let [performing, held] = [run.balance, 0];
  scheduled[0] = 1;
  for (let month = 1; month <= end; month++) {
    const at = month - 1;
    const repaid = share[at]!;
    scheduled[month] = scheduled[at]! * (1 - repaid);
    const fresh = month <= lastDefault ? performing * rates.mdr[at]! : 0;
    defaulted[month] = fresh;
    const left = (performing - fresh) * (1 - repaid);
    performing = left - Math.min(performing * (1 - repaid) * rates.smm[at]!, left);
    cells.heldBalance[at] = cells.heldBalance[at]! + held;
    cells.heldInterest[at] = cells.heldInterest[at]! + (fresh + held) * gross[at]!;
    cells.gross[at] = cells.gross[at]! + (fresh + held) * gross[at]!;
    cells.net[at] = cells.net[at]! + (fresh + held) * net[at]!;
    held += fresh;
    held -= liquidate(run, month, lag, cells, scratch);
    const advanced = held * repaid;
    cells.heldScheduled[at] = cells.heldScheduled[at]! + advanced;
    if (schedule.hasParts) takeParts(run, cells, at, held);
    held -= advanced;
  }
}

/** Recovers and writes off what defaulted `lag` months before; answers the balance that leaves. */
function liquidate(
  { rates }: LoanRun,
  month: number,
  lag: number,
  { heldLosses, heldRecoveries }: SegmentCells,
  { defaulted, scheduled }: AdvancedScratch,
): number {
  const from = month - lag;
  const then = from >= 1 ? defaulted[from]! : 0;
  if (then === 0) return 0;
  const outstanding = (then * scheduled[month - 1]!) / scheduled[from - 1]!;
  const loss = Math.min(then * rates.severity[from - 1]!, outstanding);
  const at = month - 1;
  heldLosses[at] = heldLosses[at]! + loss;
  heldRecoveries[at] = heldRecoveries[at]! + outstanding - loss;
  return outstanding;
}
