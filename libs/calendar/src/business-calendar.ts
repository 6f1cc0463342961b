import { CalendarNameError } from './errors.js';
import { federalReserveHolidays } from './holidays/federal-reserve.js';
import { governmentSecuritiesHolidays } from './holidays/government-securities.js';
import { londonHolidays } from './holidays/london.js';
import { targetHolidays } from './holidays/target.js';
import { dayNumber, type PlainDate } from './plain-date.js';

/** Business-day calendars that a deal may name, alone or joined with "+". */
export const CALENDARS = ['us-federal-reserve', 'us-government-securities', 'target', 'london'] as const;

/** One of `CALENDARS`. */
export type CalendarName = (typeof CALENDARS)[number];

/** One calendar, or two or three joined: "us-federal-reserve+london", whose business days are those of all of them. */
export type Calendar =
  CalendarName | `${CalendarName}+${CalendarName}` | `${CalendarName}+${CalendarName}+${CalendarName}`;

const HOLIDAYS: Record<CalendarName, (year: number) => PlainDate[]> = {
  'us-federal-reserve': federalReserveHolidays,
  'us-government-securities': governmentSecuritiesHolidays,
  target: targetHolidays,
  london: londonHolidays,
};

const isCalendarName = (text: string): text is CalendarName => Object.hasOwn(HOLIDAYS, text);

/** The text itself when it names one to three different known calendars. @throws CalendarNameError */
export function parseCalendar(text: string): Calendar {
  const names = text.split('+');
  if (names.length > 3 || new Set(names).size < names.length || !names.every(isCalendarName)) {
    throw new CalendarNameError(text, CALENDARS);
  }
  return text as Calendar;
}

// What a year's holidays are never changes, and a schedule asks for the same few years over and over.
const known = new Map<string, ReadonlySet<number>>();

function holidaysOf(calendar: Calendar, year: string): ReadonlySet<number> {
  const key = `${calendar} ${year}`;
  const cached = known.get(key);
  if (cached) return cached;
  const names = parseCalendar(calendar).split('+') as CalendarName[];
  const days = new Set(names.flatMap((name) => HOLIDAYS[name](Number(year))).map(dayNumber));
  known.set(key, days);
  return days;
}

/**
 * Neither Saturday, Sunday nor a holiday of the calendar; for joined calendars, of any of them.
 * @throws DateFormatError, CalendarNameError
 */
export function isBusinessDay(date: PlainDate, calendar: Calendar): boolean {
  const day = dayNumber(date);
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && !holidaysOf(calendar, date.slice(0, 4)).has(day);
}
