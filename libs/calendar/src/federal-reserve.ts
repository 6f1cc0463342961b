import { dateOfDay, dayNumber, daysInMonth, partsOf, type PlainDate, weekdayOf, withDay } from './plain-date.js';

function nthMonday(year: number, month: number, n: number): PlainDate {
  return nthWeekday(year, month, 1, n);
}

function nthWeekday(year: number, month: number, weekday: number, n: number): PlainDate {
  const first = withDay(year, month, 1);
  return withDay(year, month, 1 + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1));
}

function lastMonday(year: number, month: number): PlainDate {
  const last = withDay(year, month, daysInMonth(year, month));
  return dateOfDay(dayNumber(last) - ((weekdayOf(last) + 6) % 7));
}

/** A Sunday holiday closes the banks on Monday; a Saturday holiday does not close them on Friday. */
function observed(date: PlainDate): PlainDate {
  return weekdayOf(date) === 0 ? dateOfDay(dayNumber(date) + 1) : date;
}

function holidaysOf(year: number): PlainDate[] {
  const fixed = [withDay(year, 1, 1), withDay(year, 7, 4), withDay(year, 11, 11), withDay(year, 12, 25)];
  if (year >= 2022) fixed.push(withDay(year, 6, 19));
  return [
    ...fixed.map(observed),
    nthMonday(year, 1, 3),
    nthMonday(year, 2, 3),
    lastMonday(year, 5),
    nthMonday(year, 9, 1),
    nthMonday(year, 10, 2),
    nthWeekday(year, 11, 4, 4),
  ];
}

/**
 * Whether the Federal Reserve Banks are closed for a holiday: New Year, Martin Luther King, Washington, Memorial,
 * Juneteenth (from 2022), Independence, Labor, Columbus, Veterans, Thanksgiving, Christmas. Source: the Board's
 * published holiday schedule and its rule for Saturdays and Sundays. Holds for the years in which all were in force,
 * 1986 and later.
 */
export function isFederalReserveHoliday(date: PlainDate): boolean {
  return holidaysOf(partsOf(date).year).includes(date);
}
