import type { AdjustableRate } from '../adjustable-rate.js';
import { LOAN_STATUSES } from '../delinquency.js';
import { ageOf, AMORTISATIONS, lastMonth, type LineRate, type PoolLine, rateIn } from '../pool-line.js';
import type { Protection } from '../protection.js';
import type { ScheduleTerms } from '../schedule-terms.js';

/** Rates that are not one figure for ever: by projected month, or reset by an index. */
export type RatePlan =
  | { readonly kind: 'steps'; readonly gross: LineRate; readonly net: LineRate }
  | { readonly kind: 'adjustable'; readonly terms: AdjustableRate };

/** What only some loans agree: rates that move, a schedule of their own, protection against prepayment. */
export interface LoanPlan {
  readonly rates?: RatePlan;
  readonly schedule?: ScheduleTerms;
  readonly protection?: Protection;
}

/**
 * A pool as columns, an entry a loan (or a representative line): what the engine reads. Units are those of `PoolLine`. The
 * columns may lie in shared memory, so that threads read them without a copy.
 */
export interface LoanColumns {
  readonly loans: number;
  readonly balance: Float64Array;
  readonly grossRate: Float64Array;
  readonly netRate: Float64Array;
  readonly loanCount: Float64Array;
  /** Limit of a revolving line; 0 where there is none. */
  readonly limit: Float64Array;
  /** Months until level payments would have repaid the loan. */
  readonly remainingTerm: Uint16Array;
  /** Projected month of the last payment. */
  readonly lastMonth: Uint16Array;
  readonly interestOnlyMonths: Uint16Array;
  readonly age: Uint16Array;
  /** Place in AMORTISATIONS. */
  readonly amortisation: Uint8Array;
  /** Place in LOAN_STATUSES. */
  readonly status: Uint8Array;
  /** Place among the segments of a projection. */
  readonly segment: Uint16Array;
  /** 0 where there is nothing but these columns, else 1 + the place in `plans`. */
  readonly plan: Uint32Array;
  readonly plans: readonly LoanPlan[];
}

/** Empty columns for so many loans; in shared memory when several threads will read them. */
export function emptyColumns(loans: number, shared = false, plans: readonly LoanPlan[] = []): LoanColumns {
  const memory = (bytes: number): ArrayBufferLike =>
    shared ? new SharedArrayBuffer(bytes * loans) : new ArrayBuffer(bytes * loans);
  const f64 = (): Float64Array => new Float64Array(memory(8));
  const u16 = (): Uint16Array => new Uint16Array(memory(2));
  const u8 = (): Uint8Array => new Uint8Array(memory(1));
  return {
    loans,
    balance: f64(),
    grossRate: f64(),
    netRate: f64(),
    loanCount: f64(),
    limit: f64(),
    remainingTerm: u16(),
    lastMonth: u16(),
    interestOnlyMonths: u16(),
    age: u16(),
    amortisation: u8(),
    status: u8(),
    segment: u16(),
    plan: new Uint32Array(memory(4)),
    plans,
  };
}

function ratesOf({ adjustable, grossRate, netRate }: PoolLine): RatePlan | undefined {
  if (adjustable) return { kind: 'adjustable', terms: adjustable };
  const isFixed = typeof grossRate === 'number' && typeof netRate === 'number';
  return isFixed ? undefined : { kind: 'steps', gross: grossRate, net: netRate };
}

function planOf(line: PoolLine): LoanPlan | null {
  const { schedule, protection } = line;
  const rates = ratesOf(line);
  if (!rates && !schedule && !protection) return null;
  return { ...(rates && { rates }), ...(schedule && { schedule }), ...(protection && { protection }) };
}

/**
 * Columns of lines that were checked (`checkLine`). `segmentOf` says to which segment, from 0, a line belongs.
 */
export function loanColumns(
  lines: readonly PoolLine[],
  segmentOf: (line: PoolLine, index: number) => number = () => 0,
  shared = false,
): LoanColumns {
  const plans: LoanPlan[] = [];
  const columns = emptyColumns(lines.length, shared, plans);
  lines.forEach((line, loan) => {
    columns.balance[loan] = line.balance;
    columns.grossRate[loan] = rateIn(line.grossRate, 1);
    columns.netRate[loan] = rateIn(line.netRate, 1);
    columns.loanCount[loan] = line.loanCount ?? 0;
    columns.limit[loan] = line.limit ?? 0;
    columns.remainingTerm[loan] = line.remainingTerm;
    columns.lastMonth[loan] = lastMonth(line);
    columns.interestOnlyMonths[loan] = line.interestOnlyMonths ?? 0;
    columns.age[loan] = ageOf(line);
    columns.amortisation[loan] = AMORTISATIONS.indexOf(line.amortisation ?? 'level');
    columns.status[loan] = LOAN_STATUSES.indexOf(line.status ?? 'current');
    columns.segment[loan] = segmentOf(line, loan);
    const plan = planOf(line);
    if (plan) columns.plan[loan] = plans.push(plan);
  });
  return columns;
}
