import { DayCountBasisError } from './errors.js';
import { daysBetween, isEndOfMonth, partsOf, type PlainDate } from './plain-date.js';

/** Day-count conventions that divide a number of days by 360; `dayCountDays` gives that number. */
export const DAY_COUNTS_360 = ['ACT/360', '30/360', '30/360 US', '30E/360', '30E/360 ISDA'] as const;

/** Day-count conventions; `yearFraction` knows them all. */
export const DAY_COUNTS = [...DAY_COUNTS_360, 'ACT/365F', 'ACT/ACT ISDA', 'ACT/ACT ICMA'] as const;

/** One of `DAY_COUNTS_360`. */
export type DayCount360 = (typeof DAY_COUNTS_360)[number];

/** One of `DAY_COUNTS`. */
export type DayCount = (typeof DAY_COUNTS)[number];

/** Whether a convention divides by 360 in every year. */
export function isDayCount360(convention: DayCount): convention is DayCount360 {
  return (DAY_COUNTS_360 as readonly string[]).includes(convention);
}

/** Days of 30-day months between two dates whose days of the month were counted as `fromDay` and `toDay`. */
function thirtyDayMonths(from: PlainDate, fromDay: number, to: PlainDate, toDay: number): number {
  const [a, b] = [partsOf(from), partsOf(to)];
  return 360 * (b.year - a.year) + 30 * (b.month - a.month) + (toDay - fromDay);
}

const isEndOfFebruary = (date: PlainDate): boolean => date.slice(5, 7) === '02' && isEndOfMonth(date);

/** A 31st counts as the 30th; as the last day only after a 30th or 31st. */
function bondBasis(from: PlainDate, to: PlainDate): number {
  const fromDay = Math.min(partsOf(from).day, 30);
  const toDay = partsOf(to).day;
  return thirtyDayMonths(from, fromDay, to, fromDay === 30 ? Math.min(toDay, 30) : toDay);
}

/** The bond basis, where the end of February counts as a 30th: as the last day only after an end of February. */
function unitedStates(from: PlainDate, to: PlainDate): number {
  const fromDay = isEndOfFebruary(from) ? 30 : Math.min(partsOf(from).day, 30);
  if (isEndOfFebruary(from) && isEndOfFebruary(to)) return thirtyDayMonths(from, 30, to, 30);
  const toDay = partsOf(to).day;
  return thirtyDayMonths(from, fromDay, to, fromDay === 30 ? Math.min(toDay, 30) : toDay);
}

/** Each 31st counts as the 30th. */
function eurobond(from: PlainDate, to: PlainDate): number {
  return thirtyDayMonths(from, Math.min(partsOf(from).day, 30), to, Math.min(partsOf(to).day, 30));
}

/** Each end of month counts as the 30th, but an end of February that is the termination date. */
function eurobondIsda(from: PlainDate, to: PlainDate, terminationDate: PlainDate | undefined): number {
  const fromDay = isEndOfMonth(from) ? 30 : partsOf(from).day;
  const terminates = isEndOfFebruary(to) && to === terminationDate;
  return thirtyDayMonths(from, fromDay, to, isEndOfMonth(to) && !terminates ? 30 : partsOf(to).day);
}

/**
 * Days of an accrual period over 360, first day included and last excluded; negative when `to` is earlier.
 * - `ACT/360`: actual days, ISDA 2006 section 4.16(e).
 * - `30/360`: the bond basis, section 4.16(f).
 * - `30/360 US`: the bond basis with the February rules of the Standard Securities Calculation Methods (SIFMA), for
 *   securities that pay at the end of the month.
 * - `30E/360`: the eurobond basis, section 4.16(g).
 * - `30E/360 ISDA`: section 4.16(h); `terminationDate` is the class's legal final, when it has one.
 * @throws DateFormatError, and DayCountBasisError for a convention that does not divide by 360.
 */
export function dayCountDays(
  convention: DayCount,
  from: PlainDate,
  to: PlainDate,
  terminationDate?: PlainDate,
): number {
  switch (convention) {
    case 'ACT/360':
      return daysBetween(from, to);
    case '30/360':
      return bondBasis(from, to);
    case '30/360 US':
      return unitedStates(from, to);
    case '30E/360':
      return eurobond(from, to);
    case '30E/360 ISDA':
      return eurobondIsda(from, to, terminationDate);
    default:
      throw new DayCountBasisError(convention);
  }
}
