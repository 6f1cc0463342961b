import type { MonthDays } from './month-days.js';
import { type IndexCurves, writeAdjustable } from '../adjustable-rate.js';
import { AMORTISATIONS, rateIn } from '../pool-line.js';
import { grownPayments } from './grown-payments.js';
import type { LoanColumns, RatePlan } from './loan-columns.js';
import type { LoanSchedule } from './schedule-scratch.js';
import { writeOwnSchedule } from './own-schedule.js';

const LINEAR = AMORTISATIONS.indexOf('linear');
const BULLET = AMORTISATIONS.indexOf('bullet');

function writePlan(
  plan: RatePlan,
  pool: LoanColumns,
  loan: number,
  schedule: LoanSchedule,
  indices: IndexCurves,
): void {
  const { end, gross, net } = schedule;
  if (plan.kind === 'steps') {
    for (let month = 1; month <= end; month++) {
      gross[month - 1] = rateIn(plan.gross, month) / 12;
      net[month - 1] = rateIn(plan.net, month) / 12;
    }
    return;
  }
  const rate = pool.grossRate[loan] ?? 0;
  const spread = rate - (pool.netRate[loan] ?? 0);
  writeAdjustable(plan.terms, rate, indices, gross, end);
  for (let at = 0; at < end; at++) {
    const annual = gross[at]!;
    gross[at] = annual / 12;
    net[at] = (annual - spread) / 12;
  }
}

/**
 * Shares of level payments. From one month to the next the grown payments go from s to (s − 1) ÷ (1 + r), which is the
 * formula itself without its power; where the rate moves, they are taken anew. An error of the first shrinks on the way, and
 * those added since are of the size of s: over n months the share is off by at most n² ÷ 2 units of the last place.
 */
function writeLevel({ end, share, gross }: LoanSchedule, firstPaying: number, term: number): void {
  let [rate, grown, shrink] = [Number.NaN, 0, 0];
  for (let at = firstPaying; at < end; at++) {
    const monthly = gross[at]!;
    if (monthly === rate) {
      grown = (grown - 1) * shrink;
    } else {
      rate = monthly;
      grown = grownPayments(rate, term - at);
      shrink = 1 / (1 + rate);
    }
    share[at] = 1 / grown;
  }
}

/** Fills the schedule of a loan. @throws IndexMissing */
export function writeSchedule(
  pool: LoanColumns,
  loan: number,
  schedule: LoanSchedule,
  indices: IndexCurves,
  days: MonthDays,
): void {
  const end = pool.lastMonth[loan]!;
  const term = pool.remainingTerm[loan]!;
  const amortisation = pool.amortisation[loan]!;
  const { share, gross, net } = schedule;
  schedule.end = end;
  schedule.drawEnd = end - 1;
  schedule.hasParts = false;
  const plan = pool.plan[loan] === 0 ? undefined : pool.plans[pool.plan[loan]! - 1];
  if (plan?.rates) {
    writePlan(plan.rates, pool, loan, schedule, indices);
  } else {
    gross.fill(pool.grossRate[loan]! / 12, 0, end);
    net.fill(pool.netRate[loan]! / 12, 0, end);
  }
  if (plan?.schedule) {
    const interestOnlyMonths = pool.interestOnlyMonths[loan]!;
    const basis = { balance: pool.balance[loan]!, term, interestOnlyMonths, days };
    return writeOwnSchedule(
      plan.schedule,
      { ...basis, amortisation: AMORTISATIONS[amortisation] ?? 'level' },
      schedule,
    );
  }
  const firstPaying = amortisation === BULLET ? end : Math.min(pool.interestOnlyMonths[loan]!, end);
  share.fill(0, 0, firstPaying);
  if (amortisation === LINEAR) {
    for (let at = firstPaying; at < end; at++) share[at] = 1 / (term - at);
  } else {
    writeLevel(schedule, firstPaying, term);
  }
  share[end - 1] = 1;
}
