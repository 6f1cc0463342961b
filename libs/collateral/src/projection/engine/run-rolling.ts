import { STATUSES, TARGETS } from '../delinquency.js';
import type { SegmentCells } from './cells.js';
import { afterPayment, dilute, type LoanRun } from './run-paying.js';

/** One figure of a loan by status, and where a month takes it; the last target is default. */
class Buckets {
  readonly now = new Float64Array(STATUSES);
  readonly next = new Float64Array(TARGETS);

  start(status: number, value: number): void {
    this.now.fill(0);
    this.now[status] = value;
  }

  /** Where the month's matrix, which begins at `from`, takes what stands in each status. */
  roll(rolls: Float64Array, from: number): void {
    this.next.fill(0);
    for (let status = 0; status < STATUSES; status++) {
      const value = this.now[status]!;
      if (value === 0) continue;
      const row = from + status * TARGETS;
      for (let target = 0; target < TARGETS; target++) {
        this.next[target] = this.next[target]! + value * rolls[row + target]!;
      }
    }
  }

  /** In the month of the last payment whoever does not pay defaults. */
  close(): void {
    for (let status = 1; status < STATUSES; status++) {
      this.next[STATUSES] = this.next[STATUSES]! + this.next[status]!;
      this.next[status] = 0;
    }
  }

  settle(): void {
    for (let status = 0; status < STATUSES; status++) this.now[status] = this.next[status]!;
  }

  outstanding(): number {
    let sum = 0;
    for (let status = 0; status < STATUSES; status++) sum += this.now[status]!;
    return sum;
  }
}

/** What a loan's balance, its arrears and its count are in each status; made once for all loans of a thread. */
export class RollScratch {
  readonly balance = new Buckets();
  /** Interest, and scheduled principal, that was missed so far. */
  readonly interest = new Buckets();
  readonly principal = new Buckets();
  readonly count = new Buckets();

  start(run: LoanRun, status: number): void {
    this.balance.start(status, run.balance);
    this.interest.start(status, 0);
    this.principal.start(status, 0);
    this.count.start(status, run.count);
  }

  roll(rolls: Float64Array, at: number, isLast: boolean): void {
    const from = at * STATUSES * TARGETS;
    for (const figure of [this.balance, this.interest, this.principal, this.count]) {
      figure.roll(rolls, from);
      if (isLast) figure.close();
    }
  }

  settle(): void {
    for (const figure of [this.balance, this.interest, this.principal, this.count]) figure.settle();
  }
}

const BUCKETS = ['in30', 'in60', 'in90', 'in120'] as const;

/**
 * The months of a loan that rolls through delinquency. Each month the matrix says where balances go; then:
 * - who ends the month current pays the interest and the scheduled principal of the month, and all arrears if it cures,
 *   after which it stands on its schedule again; it may prepay;
 * - who ends it delinquent pays nothing; interest goes on and the missed payment adds to the arrears;
 * - who defaults takes the arrears along; they are lost.
 * In the month of the last payment whoever does not become current defaults.
 */
export function runRolling(run: LoanRun, status: number, cells: SegmentCells, scratch: RollScratch): void {
  const { schedule } = run;
  const rolls = run.rates.rolls!;
  scratch.start(run, status);
  for (let at = 0; at < schedule.end; at++) {
    cells.opening[at] = cells.opening[at]! + scratch.balance.outstanding();
    accrue(scratch, schedule.gross[at]!);
    scratch.roll(rolls, at, at === schedule.end - 1);
    const { balance } = scratch;
    cells.defaults[at] = cells.defaults[at]! + balance.next[STATUSES]!;
    cells.lostAtDefault[at] = cells.lostAtDefault[at]! + balance.next[STATUSES]! * run.rates.severity[at]!;
    pay(run, at, cells, scratch);
    miss(run, at, cells, scratch);
    scratch.settle();
    if (at < schedule.end - 1) cells.count[at] = cells.count[at]! + scratch.count.outstanding();
  }
}

/** A month's interest falls due on every status. */
function accrue({ balance, interest }: RollScratch, rate: number): void {
  for (let status = 0; status < STATUSES; status++) {
    interest.now[status] = interest.now[status]! + balance.now[status]! * rate;
  }
}

/** What those pay who end the month current. */
function pay(run: LoanRun, at: number, cells: SegmentCells, scratch: RollScratch): void {
  const { balance, interest, principal, count } = scratch;
  const [gross, net] = [run.schedule.gross[at]!, run.schedule.net[at]!];
  let current = balance.next[0]!;
  current -= dilute(run, cells, at, current);
  const caughtUp = Math.min(principal.next[0]!, current);
  const paid = caughtUp + (current - caughtUp) * run.schedule.share[at]!;
  const early = (current - paid) * run.rates.smm[at]!;
  cells.scheduled[at] = cells.scheduled[at]! + paid;
  cells.prepaid[at] = cells.prepaid[at]! + early;
  cells.gross[at] = cells.gross[at]! + interest.next[0]!;
  cells.net[at] = cells.net[at]! + (gross === 0 ? 0 : (interest.next[0]! * net) / gross);
  cells.curedInterest[at] = cells.curedInterest[at]! + interest.next[0]! - balance.next[0]! * gross;
  cells.curedPrincipal[at] = cells.curedPrincipal[at]! + caughtUp;
  count.next[0] = at === run.schedule.end - 1 ? 0 : count.next[0]! * (1 - run.rates.smm[at]!);
  const left = current - paid - early;
  const paying = current - caughtUp;
  balance.next[0] = left + afterPayment(run, cells, at, { paying, left, early, loans: count.next[0]! });
  interest.next[0] = 0;
  principal.next[0] = 0;
}

/** What those miss who end it delinquent. */
function miss({ schedule }: LoanRun, at: number, cells: SegmentCells, { balance, principal }: RollScratch): void {
  // Who does not pay misses no more than the payment: interest that would have been capitalised is in the arrears.
  const share = Math.max(schedule.share[at]!, 0);
  let [missed, bearing] = [0, 0];
  for (let status = 1; status < STATUSES; status++) {
    const amount = (balance.next[status]! - principal.next[status]!) * share;
    principal.next[status] = principal.next[status]! + amount;
    missed += amount;
    bearing += balance.next[status]!;
    const column = cells[BUCKETS[status - 1]!];
    column[at] = column[at]! + balance.next[status]!;
  }
  cells.missedPrincipal[at] = cells.missedPrincipal[at]! + missed;
  cells.missedInterest[at] = cells.missedInterest[at]! + bearing * schedule.gross[at]!;
}
