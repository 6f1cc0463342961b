import { daysBetween, partsOf, type PlainDate } from './plain-date.js';

/** Day-count conventions; both divide by 360. */
export const DAY_COUNTS = ['ACT/360', '30/360'] as const;

/** One of `DAY_COUNTS`. */
export type DayCount = (typeof DAY_COUNTS)[number];

function thirtyDays(from: PlainDate, to: PlainDate): number {
  const [a, b] = [partsOf(from), partsOf(to)];
  const fromDay = Math.min(a.day, 30);
  const toDay = b.day === 31 && fromDay === 30 ? 30 : b.day;
  return 360 * (b.year - a.year) + 30 * (b.month - a.month) + (toDay - fromDay);
}

/**
 * Days of an accrual period, first day included and last excluded. ACT/360: actual days. 30/360: the bond basis,
 * ISDA 2006 section 4.16(f) (a 31st counts as the 30th; as the last day only after a 30th or 31st).
 */
export function dayCountDays(convention: DayCount, from: PlainDate, to: PlainDate): number {
  return convention === 'ACT/360' ? daysBetween(from, to) : thirtyDays(from, to);
}
