import type { Calendar } from './business-calendar.js';
import { adjust, type BusinessDayConvention } from './business-day.js';
import { ScheduleError } from './errors.js';
import { addMonths, monthsBetween, partsOf, type PlainDate, withDay } from './plain-date.js';

/** The most dates one schedule holds: a hundred years of months. */
const MOST_DATES = 1_200;

/** A day of a schedule before and after it was moved to a business day. */
export interface ScheduledDate {
  unadjusted: PlainDate;
  adjusted: PlainDate;
}

/** What `periodDates` needs; exactly one of `last` and `count`. */
export interface PeriodDatesOptions {
  /** Any day of the month of the first date. */
  first: PlainDate;
  /** No unadjusted date comes after it. */
  last?: PlainDate | undefined;
  /** How many dates, 1 to 1,200. */
  count?: number | undefined;
  /** 1 monthly, 3 quarterly, 6 semi-annual, 12 annual; any whole number above zero. */
  monthsPerPeriod: number;
  /** Day of the month, 1 to 31, or its last; a month without that day gives its last. */
  day: number | 'last';
  convention: BusinessDayConvention;
  calendar: Calendar;
}

function countOf(options: PeriodDatesOptions, firstDate: PlainDate): number {
  const { last, count, monthsPerPeriod } = options;
  if ((last === undefined) === (count === undefined)) throw new ScheduleError('last-or-count');
  if (count !== undefined) return count;
  // Counted from the first of the month: a date cut short by its month must not seem a month early.
  const months = monthsBetween(`${firstDate.slice(0, 7)}-01`, last as PlainDate);
  const dates = Math.floor(months / monthsPerPeriod) + 1;
  const final = dateOf(options, dates - 1);
  return final > (last as PlainDate) ? dates - 1 : dates;
}

function dateOf({ first, monthsPerPeriod, day }: PeriodDatesOptions, index: number): PlainDate {
  const { year, month } = partsOf(addMonths(`${first.slice(0, 7)}-01`, index * monthsPerPeriod));
  return withDay(year, month, day === 'last' ? 31 : day);
}

/**
 * The dates of a class or deal, one a period, in order. Each is counted from the first, so that a 31st survives February.
 * @throws DateFormatError, CalendarNameError, ScheduleError
 */
export function periodDates(options: PeriodDatesOptions): ScheduledDate[] {
  const { monthsPerPeriod, day, convention, calendar } = options;
  if (!Number.isInteger(monthsPerPeriod) || monthsPerPeriod < 1) throw new ScheduleError('months-per-period');
  if (day !== 'last' && !(Number.isInteger(day) && day >= 1 && day <= 31)) throw new ScheduleError('day');
  const count = countOf(options, dateOf(options, 0));
  if (!Number.isInteger(count) || count < 1 || count > MOST_DATES) throw new ScheduleError('count');
  return Array.from({ length: count }, (_, index) => {
    const unadjusted = dateOf(options, index);
    return { unadjusted, adjusted: adjust(unadjusted, convention, calendar) };
  });
}
