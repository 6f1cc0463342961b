import { type PlainDate, withDay } from '../plain-date.js';
import { goodFriday } from './easter.js';
import { americanWeekdayHolidays } from './federal-reserve.js';
import { sundayToMonday, weekendToNearest } from './weekdays.js';

/**
 * Days that are no U.S. Government Securities Business Day, the days on which SOFR is not published: the holidays of the
 * Federal Reserve and Good Friday, where Independence Day, Juneteenth (from 2022) and Christmas on a Saturday close the
 * market on Friday, as SIFMA recommends. Good Friday counts in every year: in years of an early close only (2021, 2023)
 * there was no SOFR either. Holds from 2018, when SOFR began; what SIFMA recommends for a single day (a storm, a day of
 * mourning) is not in it.
 */
export function governmentSecuritiesHolidays(year: number): PlainDate[] {
  const nearest = [withDay(year, 7, 4), withDay(year, 12, 25)];
  if (year >= 2022) nearest.push(withDay(year, 6, 19));
  return [
    ...[withDay(year, 1, 1), withDay(year, 11, 11)].map(sundayToMonday),
    ...nearest.map(weekendToNearest),
    ...americanWeekdayHolidays(year),
    goodFriday(year),
  ];
}
