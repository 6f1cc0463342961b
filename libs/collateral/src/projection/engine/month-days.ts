import { addMonths, daysBetween, type PlainDate } from '@weir/calendar';
import type { ScheduleTerms } from '../schedule-terms.js';

/** Days of months and of the years that they lie in. Entry 0 is the month before the first projected one, entry 1 that one. */
export interface MonthDays {
  readonly days: Float64Array;
  readonly years: Float64Array;
}

const daysOfYear = (date: PlainDate): number => {
  const year = date.slice(0, 4);
  return daysBetween(`${year}-01-01`, `${year}-12-31`) + 1;
};

/** Of so many projected months; without the first one all have 30 of 360 days (which no day count may then ask for). */
export function monthDays(months: number, firstMonth: PlainDate | undefined): MonthDays {
  const length = months + 1;
  if (firstMonth === undefined) {
    return { days: new Float64Array(length).fill(30), years: new Float64Array(length).fill(360) };
  }
  const start = (at: number): PlainDate => addMonths(firstMonth, at - 1);
  return {
    days: Float64Array.from({ length }, (_, at) => daysBetween(start(at), start(at + 1))),
    years: Float64Array.from({ length }, (_, at) => daysOfYear(start(at))),
  };
}

/** Days of a year that is the same for every month. */
const YEARS = { 'ACT/360': 360, 'ACT/365F': 365, 'ACT/366': 366 } as const;

/** Months' worth of interest in a projected month (from 0), by its own days, or those of the month before in arrears. */
export function monthsOfInterest(
  { dayCount = '30/360', arrears = false }: Pick<ScheduleTerms, 'dayCount' | 'arrears'>,
  { days, years }: MonthDays,
  month: number,
): number {
  if (dayCount === '30/360') return 1;
  const at = arrears ? month : month + 1;
  const year = dayCount === 'ACT/ACT' ? (years[at] ?? 365) : YEARS[dayCount];
  return ((days[at] ?? 30) * 12) / year;
}
