import { type PlainDate, withDay } from '../plain-date.js';
import { easterMonday, goodFriday } from './easter.js';

/** Years in which TARGET was closed on 31 December as well, to ease the change-over to the euro. */
const CLOSED_AT_YEAR_END: readonly number[] = [1999, 2001];

/**
 * Closing days of TARGET (T2): New Year, Good Friday, Easter Monday, 1 May, 25 and 26 December; nothing is moved from a
 * weekend. Source: the ECB's long-term calendar of 14 December 2000, its calendars for 1999 to 2001 before it (1999: New
 * Year and Christmas only; 31 December closed in 1999 and 2001). Holds from 1999.
 */
export function targetHolidays(year: number): PlainDate[] {
  const days = [withDay(year, 1, 1), withDay(year, 12, 25)];
  if (year >= 2000) days.push(goodFriday(year), easterMonday(year), withDay(year, 5, 1), withDay(year, 12, 26));
  if (CLOSED_AT_YEAR_END.includes(year)) days.push(withDay(year, 12, 31));
  return days;
}
