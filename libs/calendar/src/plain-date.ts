import { DateFormatError } from './errors.js';

/** A day without time or zone, as YYYY-MM-DD. */
export type PlainDate = string;

const MS_PER_DAY = 86_400_000;

const FORM = /^(?:19|20|21)\d\d-\d\d-\d\d$/;

/** The date itself when it is an existing day, years 1900 to 2199. @throws DateFormatError */
export function parseDate(text: string): PlainDate {
  partsOf(text);
  return text;
}

/** Year, month (1–12) and day (1–31). @throws DateFormatError */
export function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  if (!FORM.test(date)) throw new DateFormatError(date);
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw new DateFormatError(date);
  return { year, month, day };
}

/** Days since 1970-01-01. @throws DateFormatError */
export function dayNumber(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

function written(year: number, month: number, day: number): PlainDate {
  return `${year}-${two(month)}-${two(day)}`;
}

/** The date of a day number. */
export function dateOfDay(day: number): PlainDate {
  const date = new Date(day * MS_PER_DAY);
  return written(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Seconds since 1970-01-01T00:00:00Z at the start of the day in UTC. */
export function dateInstant(date: PlainDate): number {
  return dayNumber(date) * 86_400;
}

/** The date so many days later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Whether the year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Last day of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the date is the last of its month. */
export function isEndOfMonth(date: PlainDate): boolean {
  const { year, month, day } = partsOf(date);
  return day === daysInMonth(year, month);
}

/** The last day of the date's month. */
export function endOfMonth(date: PlainDate): PlainDate {
  const { year, month } = partsOf(date);
  return withDay(year, month, 31);
}

/** Same day so many months later; a day that the month lacks becomes its last: 31 January + 1 is 28 or 29 February. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return withDay(toYear, toMonth, day);
}

/**
 * The date so many months later; an end of month stays one: 29 February + 1 is 31 March. Any other day is as in
 * `addMonths`.
 */
export function addMonthsEndOfMonth(date: PlainDate, months: number): PlainDate {
  const later = addMonths(date, months);
  return isEndOfMonth(date) ? endOfMonth(later) : later;
}

/**
 * Whole months from one date to another: the most that can be added to `from` without passing `to`, so 31 January to 28
 * February is one in a common year. Negative, of the months turned round, when `to` is earlier.
 */
export function monthsBetween(from: PlainDate, to: PlainDate): number {
  if (daysBetween(from, to) < 0) return 0 - monthsBetween(to, from);
  const [a, b] = [partsOf(from), partsOf(to)];
  const months = 12 * (b.year - a.year) + (b.month - a.month);
  return addMonths(from, months) > to ? months - 1 : months;
}

/** The day of a month, or the month's last day when it is shorter. */
export function withDay(year: number, month: number, day: number): PlainDate {
  return dateOfDay(Date.UTC(year, month - 1, Math.min(day, daysInMonth(year, month))) / MS_PER_DAY);
}

/** Actual days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date: PlainDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}
