import { IndexMissing } from '../errors.js';
import { type Protection, stretchesByMonth } from '../protection.js';
import type { IndexCurves } from '../adjustable-rate.js';
import type { LoanSchedule } from './schedule-scratch.js';
import type { MonthRates } from './month-rates.js';
import type { Defeasance } from './run-paying.js';

/**
 * What a lender loses on each unit that is repaid after a month (entry 0 is the first) instead of as scheduled: the interest
 * above the yield until maturity, at its present value by that yield, which is a year's effective one.
 */
function yieldLost({ end, share, gross }: LoanSchedule, at: number, annualYield: number): number {
  const monthly = Math.expm1(Math.log1p(annualYield) / 12);
  let [balance, discount, lost] = [1, 1, 0];
  for (let later = at + 1; later < end; later++) {
    discount /= 1 + monthly;
    lost += balance * Math.max(gross[later]! - annualYield / 12, 0) * discount;
    balance *= 1 - share[later]!;
  }
  return lost;
}

/** A loan's protection as figures by projected month. */
export interface ProtectedRates {
  readonly rates: MonthRates;
  readonly defeasance: Defeasance | null;
}

/**
 * The assumptions of a loan under its protection: no prepayment while it is locked out, and in place of the pool's penalties
 * its own. @throws IndexMissing
 */
export function protectedRates(
  rates: MonthRates,
  protection: Protection,
  schedule: LoanSchedule,
  indices: IndexCurves,
): ProtectedRates {
  const { index = '' } = protection;
  const stretches = stretchesByMonth(protection, schedule.end);
  const smm = rates.smm.slice(0, schedule.end);
  const penalty = new Float64Array(schedule.end);
  const isOpen = new Uint8Array(schedule.end);
  const yields = indices[index] ?? [];
  stretches.forEach((stretch, at) => {
    if (!stretch) return;
    const { kind, share = 0 } = stretch;
    if (kind === 'lockout') smm[at] = 0;
    if (kind === 'defeasance') isOpen[at] = 1;
    if (kind === 'penalty') penalty[at] = share;
    // Where nothing is prepaid nothing is owed for it, and no yield is asked for.
    if (kind !== 'yield-maintenance' || smm[at] === 0) return;
    const found = yields[Math.min(at, yields.length - 1)];
    if (found === undefined) throw new IndexMissing(index, Object.keys(indices), 'yield-maintenance');
    penalty[at] = Math.max(yieldLost(schedule, at, found), share);
  });
  const defeasance = isOpen.includes(1) ? { isOpen, moved: new Float64Array(schedule.end) } : null;
  return { rates: { ...rates, smm, penalty }, defeasance };
}
