import { addDays, type PlainDate, withDay } from '../plain-date.js';

/**
 * Easter Sunday of the Gregorian calendar: the first Sunday after the full moon of the church on or after 21 March.
 * The moon's age follows from the year's place in the 19-year cycle (golden number) and two corrections of the century.
 */
export function easterSunday(year: number): PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const skippedLeapDays = century - Math.floor(century / 4);
  const moonCorrection = Math.floor((8 * century + 13) / 25);
  const age = (19 * golden + skippedLeapDays - moonCorrection + 15) % 30;
  // Two moons that would fall a day too late are moved back, so that they differ within one cycle.
  const moon = age - (age === 29 || (age === 28 && golden > 10) ? 1 : 0);
  const weekday = (year + Math.floor(year / 4) + moon + 2 - skippedLeapDays) % 7;
  return addDays(withDay(year, 3, 28), moon - weekday);
}

/** The Friday before Easter. */
export function goodFriday(year: number): PlainDate {
  return addDays(easterSunday(year), -2);
}

/** The Monday after Easter. */
export function easterMonday(year: number): PlainDate {
  return addDays(easterSunday(year), 1);
}
