import type { IndexCurves } from '../adjustable-rate.js';
import { longestRecovery, type PoolAssumptions } from '../assumptions.js';
import { cellsOf, emptyCells, type SegmentCells } from './cells.js';
import type { LoanColumns } from './loan-columns.js';
import { writeSchedule } from './loan-schedule.js';
import type { MonthDays } from './month-days.js';
import { emptySchedule } from './schedule-scratch.js';
import { type MonthRates, RateRows } from './month-rates.js';
import { type AdvancedScratch, emptyAdvanced, runAdvanced } from './run-advanced.js';
import { protectedRates, type ProtectedRates } from './protected-rates.js';
import { runDefeased } from './run-defeased.js';
import { type LoanRun, runPaying } from './run-paying.js';
import { RollScratch, runRolling } from './run-rolling.js';

/** All that loans are projected by: checked assumptions by segment, and indices. Plain data, which threads may be sent. */
export interface EnginePlan {
  readonly segments: readonly PoolAssumptions[];
  readonly indices: IndexCurves;
  /** Months of the longest segment, its recoveries included. */
  readonly months: number;
  readonly days: MonthDays;
}

/**
 * Projects loans one by one, month by month, batch after batch: one engine a thread. It keeps the assumptions as figures by
 * month for the ages it has met, and scratch for one loan; nothing that grows with the loans.
 */
export class LoanEngine {
  private readonly rows: readonly RateRows[];
  private readonly schedule;
  private readonly rolling = new RollScratch();
  private readonly advanced: AdvancedScratch;

  constructor(
    private readonly pool: LoanColumns,
    private readonly plan: EnginePlan,
  ) {
    this.rows = plan.segments.map((assumptions) => new RateRows(assumptions, plan.months));
    this.schedule = emptySchedule(plan.months);
    this.advanced = emptyAdvanced(plan.months);
  }

  /** Sums of the loans from `from` up to `to`, exclusive. @throws IndexMissing */
  batch(from: number, to: number): Float64Array {
    const { segments, months } = this.plan;
    const all = emptyCells(segments.length, months);
    const cells = segments.map((_, segment) => cellsOf(all, segment, months));
    for (let loan = from; loan < to; loan++) {
      const segment = this.pool.segment[loan]!;
      this.run(loan, segments[segment]!, this.rows[segment]!, cells[segment]!);
    }
    return all;
  }

  private run(loan: number, assumptions: PoolAssumptions, rows: RateRows, cells: SegmentCells): void {
    const { pool, schedule } = this;
    writeSchedule(pool, loan, schedule, this.plan.indices, this.plan.days);
    const status = pool.status[loan]!;
    const isHeld = assumptions.defaultedLoans !== 'charged-off';
    const { rates, defeasance } = this.ratesOf(loan, rows.of(pool.age[loan]!, status));
    const run: LoanRun = {
      balance: pool.balance[loan]!,
      count: pool.loanCount[loan]!,
      limit: pool.limit[loan]!,
      schedule,
      rates,
      defeasance,
      lastDefault: isHeld ? schedule.end - longestRecovery(assumptions) : schedule.end,
    };
    if (assumptions.delinquency) {
      // Where delinquency lags a default speed, the speed speaks of loans that pay so far.
      runRolling(run, assumptions.delinquency.kind === 'rolls' ? status : 0, cells, this.rolling);
    } else {
      runPaying(run, cells);
      if (assumptions.defaultedLoans === 'advanced') runAdvanced(run, assumptions.recoveryLag, cells, this.advanced);
    }
    if (defeasance) runDefeased(run, defeasance, cells);
  }

  private ratesOf(loan: number, rates: MonthRates): ProtectedRates {
    const { pool, schedule, plan } = this;
    const protection = pool.plan[loan] === 0 ? undefined : pool.plans[pool.plan[loan]! - 1]?.protection;
    return protection ? protectedRates(rates, protection, schedule, plan.indices) : { rates, defeasance: null };
  }
}
