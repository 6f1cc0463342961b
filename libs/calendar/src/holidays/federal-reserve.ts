import { type PlainDate, withDay } from '../plain-date.js';
import { lastMonday, nthWeekday, sundayToMonday } from './weekdays.js';

/** Holidays that are always a Monday or Thursday: they are those of the banks and of the bond market alike. */
export function americanWeekdayHolidays(year: number): PlainDate[] {
  return [
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    lastMonday(year, 5),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 10, 1, 2),
    nthWeekday(year, 11, 4, 4),
  ];
}

/**
 * Days on which the Federal Reserve Banks are closed for a holiday: New Year, Martin Luther King, Washington, Memorial,
 * Juneteenth (from 2022), Independence, Labor, Columbus, Veterans, Thanksgiving, Christmas. A Sunday holiday closes the
 * banks on Monday; a Saturday holiday does not close them on Friday. Source: the Board's published holiday schedule.
 * Holds for the years in which all were in force, 1986 and later.
 */
export function federalReserveHolidays(year: number): PlainDate[] {
  const fixed = [withDay(year, 1, 1), withDay(year, 7, 4), withDay(year, 11, 11), withDay(year, 12, 25)];
  if (year >= 2022) fixed.push(withDay(year, 6, 19));
  return [...fixed.map(sundayToMonday), ...americanWeekdayHolidays(year)];
}
