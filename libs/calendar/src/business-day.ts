import { type Calendar, isBusinessDay } from './business-calendar.js';
import { addDays, type PlainDate } from './plain-date.js';

/**
 * How a date that is no business day moves: to the following or the preceding one; `modified-` the other way when that
 * would leave the month; or not at all. Source: ISDA 2006 section 4.12.
 */
export const CONVENTIONS = [
  'following',
  'modified-following',
  'preceding',
  'modified-preceding',
  'unadjusted',
] as const;

/** One of `CONVENTIONS`. */
export type BusinessDayConvention = (typeof CONVENTIONS)[number];

/** Business days of a named calendar, or told day by day by a rule that leaves some day of each month. */
export type BusinessDays = Calendar | ((date: PlainDate) => boolean);

function counts(date: PlainDate, days: BusinessDays): boolean {
  return typeof days === 'function' ? days(date) : isBusinessDay(date, days);
}

function nearest(date: PlainDate, step: 1 | -1, calendar: BusinessDays): PlainDate {
  let day = date;
  while (!counts(day, calendar)) day = addDays(day, step);
  return day;
}

function withinMonth(date: PlainDate, step: 1 | -1, calendar: BusinessDays): PlainDate {
  const moved = nearest(date, step, calendar);
  return moved.slice(0, 7) === date.slice(0, 7) ? moved : nearest(date, step === 1 ? -1 : 1, calendar);
}

/** The date moved by the convention; a business day stays. @throws DateFormatError, CalendarNameError */
export function adjust(date: PlainDate, convention: BusinessDayConvention, calendar: BusinessDays): PlainDate {
  switch (convention) {
    case 'following':
      return nearest(date, 1, calendar);
    case 'preceding':
      return nearest(date, -1, calendar);
    case 'modified-following':
      return withinMonth(date, 1, calendar);
    case 'modified-preceding':
      return withinMonth(date, -1, calendar);
    case 'unadjusted':
      return date;
  }
}

function businessDaysFrom(date: PlainDate, n: number, step: 1 | -1, calendar: BusinessDays): PlainDate {
  let day = date;
  for (let left = n; left > 0; left--) day = nearest(addDays(day, step), step, calendar);
  return day;
}

/** The nth business day before a date; n = 0 is the date itself. */
export function businessDaysBefore(date: PlainDate, n: number, calendar: BusinessDays): PlainDate {
  return businessDaysFrom(date, n, -1, calendar);
}

/** The nth business day after a date; n = 0 is the date itself. */
export function businessDaysAfter(date: PlainDate, n: number, calendar: BusinessDays): PlainDate {
  return businessDaysFrom(date, n, 1, calendar);
}
