import {
  addDays,
  type DayCount,
  dayCountDays,
  daysBetween,
  isBusinessDay,
  isDayCount360,
  partsOf,
  type PlainDate,
  yearFraction,
} from '@weir/calendar';
import { businessDaysOf, type ContractCalendar } from './business-days.js';
import { accrualDay, type Moment } from './moment.js';

/**
 * Day counts of loan contracts: those of the calendar library, business days over 252, actual days over 336, and 28E/336, in
 * which every month has 28 days and a later day counts as the 28th.
 */
export const CONTRACT_DAY_COUNTS = [
  'ACT/360',
  'ACT/365F',
  'ACT/ACT ISDA',
  '30/360',
  '30E/360',
  '30E/360 ISDA',
  'BUS/252',
  'ACT/336',
  '28E/336',
] as const satisfies readonly (DayCount | 'BUS/252' | 'ACT/336' | '28E/336')[];

/** One of `CONTRACT_DAY_COUNTS`. */
export type ContractDayCount = (typeof CONTRACT_DAY_COUNTS)[number];

/** What turns two moments into a fraction of a year. */
export interface YearCount {
  dayCount: ContractDayCount;
  /** `BUS/252` counts its business days; by default every day is one. */
  calendar?: ContractCalendar | undefined;
  /** `30E/360 ISDA`: an end of February that is the maturity is not moved to the 30th. */
  maturityDate?: Moment | undefined;
}

function businessDaysBetween(from: PlainDate, to: PlainDate, calendar: ContractCalendar): number {
  const days = businessDaysOf(calendar);
  const counts = typeof days === 'function' ? days : (date: PlainDate) => isBusinessDay(date, days);
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) if (counts(day)) count++;
  return count;
}

function months28(from: PlainDate, to: PlainDate): number {
  const [a, b] = [partsOf(from), partsOf(to)];
  return 336 * (b.year - a.year) + 28 * (b.month - a.month) + Math.min(b.day, 28) - Math.min(a.day, 28);
}

/** The fraction of a year from one moment to another, first day included and last excluded; float64. Backwards it is negative. */
export function yearsBetween(count: YearCount, from: Moment, to: Moment): number {
  const [first, last] = [accrualDay(from), accrualDay(to)];
  if (first === last) return 0;
  return first < last ? yearsForward(count, first, last) : -yearsForward(count, last, first);
}

function yearsForward({ dayCount, calendar, maturityDate }: YearCount, first: PlainDate, last: PlainDate): number {
  if (dayCount === 'BUS/252') return businessDaysBetween(first, last, calendar ?? 'every-day') / 252;
  if (dayCount === 'ACT/336') return daysBetween(first, last) / 336;
  if (dayCount === '28E/336') return months28(first, last) / 336;
  // Days over a fixed year need no exact fraction, which costs most of the time of a projection.
  if (dayCount === 'ACT/365F') return daysBetween(first, last) / 365;
  const terminationDate = maturityDate === undefined ? undefined : accrualDay(maturityDate);
  if (isDayCount360(dayCount)) return dayCountDays(dayCount, first, last, terminationDate) / 360;
  const { num, den } = yearFraction(dayCount, first, last);
  return Number(num) / Number(den);
}
