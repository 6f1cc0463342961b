import { addDays, type PlainDate, weekdayOf, withDay } from '../plain-date.js';
import { easterMonday, goodFriday } from './easter.js';
import { lastMonday, nthWeekday } from './weekdays.js';

/** Proclaimed for one year. */
const ONE_OFF: readonly PlainDate[] = [
  '1999-12-31', // millennium
  '2002-06-03', // Golden Jubilee
  '2011-04-29', // royal wedding
  '2012-06-05', // Diamond Jubilee
  '2022-06-03', // Platinum Jubilee
  '2022-09-19', // State Funeral of Queen Elizabeth II
  '2023-05-08', // Coronation
];

/** The early May bank holiday where it was not the first Monday: the 75th anniversary of VE Day. */
const EARLY_MAY: ReadonlyMap<number, PlainDate> = new Map([[2020, '2020-05-08']]);

/** The spring bank holiday where it was not the last Monday of May: it was moved beside a Jubilee. */
const SPRING: ReadonlyMap<number, PlainDate> = new Map([
  [2002, '2002-06-04'],
  [2012, '2012-06-04'],
  [2022, '2022-06-02'],
]);

/** New Year's Day, or the Monday after it when it falls on a weekend. */
function newYear(year: number): PlainDate {
  const day = withDay(year, 1, 1);
  return addDays(day, { 0: 1, 6: 2 }[weekdayOf(day)] ?? 0);
}

/** Christmas and Boxing Day; a day of them on a weekend is given on the next weekday that is not the other. */
function christmas(year: number): PlainDate[] {
  const [day, next] = [withDay(year, 12, 25), withDay(year, 12, 26)];
  switch (weekdayOf(day)) {
    case 5:
      return [day, addDays(next, 2)];
    case 6:
      return [addDays(day, 2), addDays(next, 2)];
    case 0:
      return [addDays(day, 2), next];
    default:
      return [day, next];
  }
}

/**
 * Bank holidays in England and Wales: New Year, Good Friday, Easter Monday, early May, spring, summer, Christmas and
 * Boxing Day with their substitute days, moved and proclaimed ones included. Source: the Banking and Financial Dealings
 * Act 1971, Schedule 1, and the proclamations published in the London Gazette. Holds from 1999; what will be proclaimed
 * for a coming year is not in it.
 */
export function londonHolidays(year: number): PlainDate[] {
  return [
    newYear(year),
    goodFriday(year),
    easterMonday(year),
    EARLY_MAY.get(year) ?? nthWeekday(year, 5, 1, 1),
    SPRING.get(year) ?? lastMonday(year, 5),
    lastMonday(year, 8),
    ...christmas(year),
    ...ONE_OFF.filter((date) => date.startsWith(`${year}-`)),
  ];
}
