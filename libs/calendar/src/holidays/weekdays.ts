import { addDays, daysInMonth, type PlainDate, weekdayOf, withDay } from '../plain-date.js';

/** The nth weekday (0 Sunday … 6 Saturday) of a month: the 3rd Monday of January is `nthWeekday(year, 1, 1, 3)`. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): PlainDate {
  const first = withDay(year, month, 1);
  return withDay(year, month, 1 + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1));
}

/** The last Monday of a month. */
export function lastMonday(year: number, month: number): PlainDate {
  const last = withDay(year, month, daysInMonth(year, month));
  return addDays(last, -((weekdayOf(last) + 6) % 7));
}

/** A Sunday's date moved to Monday; any other day as it is. */
export function sundayToMonday(date: PlainDate): PlainDate {
  return weekdayOf(date) === 0 ? addDays(date, 1) : date;
}

/** A Sunday's date moved to Monday, a Saturday's to Friday; any other day as it is. */
export function weekendToNearest(date: PlainDate): PlainDate {
  return weekdayOf(date) === 6 ? addDays(date, -1) : sundayToMonday(date);
}
