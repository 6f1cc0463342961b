import type { SegmentCells } from './cells.js';
import type { LoanSchedule } from './schedule-scratch.js';
import type { MonthRates } from './month-rates.js';

/** Months (entry 0 is the first) with 1 where who prepays defeases instead, and what did in each. */
export interface Defeasance {
  readonly isOpen: Uint8Array;
  readonly moved: Float64Array;
}

/** One loan on its way through the months. */
export interface LoanRun {
  readonly balance: number;
  readonly count: number;
  readonly limit: number;
  readonly schedule: LoanSchedule;
  readonly rates: MonthRates;
  /** Month (from 1) of the last new default. */
  readonly lastDefault: number;
  /** Where who prepays defeases instead; null where nobody does. */
  readonly defeasance: Defeasance | null;
}

/**
 * The months of a loan that pays until it defaults, in the order of Uniform Practices SF, C.3: defaults, dilution, scheduled
 * principal, prepayments, draws. This loop is where a projection spends its time: it only reads and adds.
 */
export function runPaying(run: LoanRun, cells: SegmentCells): void {
  const { schedule, rates, lastDefault } = run;
  const { end, share, gross, net } = schedule;
  const { smm, mdr, severity } = rates;
  const { opening, scheduled, prepaid, defaults, lostAtDefault, count } = cells;
  const { gross: grossPaid, net: netPaid } = cells;
  const extra = schedule.hasParts || rates.penalty !== null || rates.dilution !== null || rates.utilisation !== null;
  let [performing, loans] = [run.balance, run.count];
  for (let at = 0; at < end; at++) {
    const repaid = share[at]!;
    const rate = smm[at]!;
    const defaulting = at < lastDefault ? mdr[at]! : 0;
    const defaulted = performing * defaulting;
    let paying = performing - defaulted;
    if (extra) paying -= dilute(run, cells, at, paying);
    const principal = paying * repaid;
    const left = paying - principal;
    const most = performing * (1 - repaid) * rate;
    const early = most < left ? most : left;
    opening[at] = opening[at]! + performing;
    scheduled[at] = scheduled[at]! + principal;
    prepaid[at] = prepaid[at]! + early;
    grossPaid[at] = grossPaid[at]! + paying * gross[at]!;
    netPaid[at] = netPaid[at]! + paying * net[at]!;
    defaults[at] = defaults[at]! + defaulted;
    lostAtDefault[at] = lostAtDefault[at]! + defaulted * severity[at]!;
    performing = left - early;
    const staying = 1 - defaulting - rate;
    loans *= staying > 0 ? staying : 0;
    if (at < end - 1) count[at] = count[at]! + loans;
    if (extra) performing += afterPayment(run, cells, at, { paying, left: performing, early, loans });
  }
}

/** What a month's payments left behind. */
interface Paid {
  /** What the schedule's shares were taken of. */
  readonly paying: number;
  readonly left: number;
  readonly early: number;
  readonly loans: number;
}

/** What only some loans have: parts of the schedule that are no cash, penalties, defeasance, draws. Answers what was drawn. */
export function afterPayment(run: LoanRun, cells: SegmentCells, at: number, paid: Paid): number {
  const { schedule, rates, defeasance } = run;
  if (schedule.hasParts) takeParts(run, cells, at, paid.paying);
  if (defeasance?.isOpen[at] === 1) defeasance.moved[at] = paid.early;
  else if (rates.penalty) cells.penalties[at] = cells.penalties[at]! + paid.early * rates.penalty[at]!;
  return drawOn(run, cells, at, paid);
}

/** Adds the parts of the schedule that are no cash, of the balance that they are shares of. */
export function takeParts({ schedule, rates }: LoanRun, cells: SegmentCells, at: number, balance: number): void {
  const { capitalised, forgiven, residual } = schedule.parts;
  const due = balance * residual[at]!;
  cells.capitalised[at] = cells.capitalised[at]! + balance * capitalised[at]!;
  cells.forgiven[at] = cells.forgiven[at]! + balance * forgiven[at]!;
  cells.residualsDue[at] = cells.residualsDue[at]! + due;
  cells.residualsSold[at] = cells.residualsSold[at]! + due * (rates.realisation?.[at] ?? 1);
}

/** Takes the month's dilution off; answers it. */
export function dilute({ rates }: LoanRun, { dilutions }: SegmentCells, at: number, balance: number): number {
  const diluted = rates.dilution ? balance * rates.dilution[at]! : 0;
  dilutions[at] = dilutions[at]! + diluted;
  return diluted;
}

/** Draws a revolving line again to its use; answers what was drawn. */
function drawOn(
  { rates, limit, count, schedule }: LoanRun,
  cells: SegmentCells,
  at: number,
  { left, loans }: Pick<Paid, 'left' | 'loans'>,
): number {
  if (!rates.utilisation || limit === 0 || at >= schedule.drawEnd) return 0;
  const open = count === 0 ? 0 : loans / count;
  const drawn = Math.max(0, limit * open * rates.utilisation[at]! - left);
  cells.draws[at] = cells.draws[at]! + drawn;
  return drawn;
}
