import { isFederalReserveHoliday } from './federal-reserve.js';
import { addDays, type PlainDate, weekdayOf } from './plain-date.js';

/** Business-day calendars that a deal may name. */
export const CALENDARS = ['us-federal-reserve'] as const;

/** One of `CALENDARS`. */
export type Calendar = (typeof CALENDARS)[number];

/** How a date that is no business day moves: to the following one, or not at all. */
export const CONVENTIONS = ['following', 'unadjusted'] as const;

/** One of `CONVENTIONS`. */
export type BusinessDayConvention = (typeof CONVENTIONS)[number];

const HOLIDAYS: Record<Calendar, (date: PlainDate) => boolean> = { 'us-federal-reserve': isFederalReserveHoliday };

/** Neither Saturday, Sunday nor a holiday of the calendar. */
export function isBusinessDay(date: PlainDate, calendar: Calendar): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS[calendar](date);
}

/** The date moved by the convention. */
export function adjust(date: PlainDate, convention: BusinessDayConvention, calendar: Calendar): PlainDate {
  if (convention === 'unadjusted') return date;
  let day = date;
  while (!isBusinessDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/** The nth business day before a date; n = 0 is the date itself. */
export function businessDaysBefore(date: PlainDate, n: number, calendar: Calendar): PlainDate {
  let day = date;
  for (let left = n; left > 0; left--) {
    do day = addDays(day, -1);
    while (!isBusinessDay(day, calendar));
  }
  return day;
}
