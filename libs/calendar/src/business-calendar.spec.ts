import { describe, expect, it } from '@jest/globals';
import { addDays, type Calendar, CalendarNameError, isBusinessDay, parseCalendar, weekdayOf } from './index.js';
import { easterSunday } from './holidays/easter.js';

/** The holidays of a year that fall on weekdays. */
function weekdayHolidays(calendar: Calendar, year: number): string[] {
  const found: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = addDays(day, 1)) {
    if (![0, 6].includes(weekdayOf(day)) && !isBusinessDay(day, calendar)) found.push(day.slice(5));
  }
  return found;
}

describe('Easter Sunday', () => {
  // The Astronomical Applications Department of the U.S. Naval Observatory, "The Date of Easter"; the earliest and latest
  // of the two centuries (1913-03-23, 1943-04-25) and the two excepted moons (1954, 1981) among them.
  it.each([
    '1913-03-23',
    '1943-04-25',
    '1954-04-18',
    '1981-04-19',
    '1999-04-04',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2016-03-27',
    '2019-04-21',
    '2020-04-12',
    '2021-04-04',
    '2022-04-17',
    '2023-04-09',
    '2024-03-31',
    '2025-04-20',
    '2038-04-25',
  ])('%s', (date) => {
    expect(easterSunday(Number(date.slice(0, 4)))).toBe(date);
  });
});

describe('London: bank holidays in England and Wales as published by GOV.UK and the London Gazette', () => {
  it.each<[number, string[]]>([
    [1999, ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28', '12-31']],
    [2000, ['01-03', '04-21', '04-24', '05-01', '05-29', '08-28', '12-25', '12-26']],
    [2002, ['01-01', '03-29', '04-01', '05-06', '06-03', '06-04', '08-26', '12-25', '12-26']],
    [2011, ['01-03', '04-22', '04-25', '04-29', '05-02', '05-30', '08-29', '12-26', '12-27']],
    [2012, ['01-02', '04-06', '04-09', '05-07', '06-04', '06-05', '08-27', '12-25', '12-26']],
    [2020, ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28']],
    [2021, ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28']],
    [2022, ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27']],
    [2023, ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26']],
    [2024, ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26']],
    [2026, ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28']],
  ])('%d', (year, days) => {
    expect(weekdayHolidays('london', year)).toEqual(days);
  });
});

describe('TARGET: the closing days announced by the ECB', () => {
  it.each<[number, string[]]>([
    [1999, ['01-01', '12-31']],
    [2000, ['04-21', '04-24', '05-01', '12-25', '12-26']],
    [2001, ['01-01', '04-13', '04-16', '05-01', '12-25', '12-26', '12-31']],
    [2002, ['01-01', '03-29', '04-01', '05-01', '12-25', '12-26']],
    [2024, ['01-01', '03-29', '04-01', '05-01', '12-25', '12-26']],
    [2022, ['04-15', '04-18', '12-26']],
  ])('%d', (year, days) => {
    expect(weekdayHolidays('target', year)).toEqual(days);
  });
});

describe('United States', () => {
  // The Federal Reserve's published schedule. 4 July 2026 and 19 June 2027 are Saturdays: the banks are open on Friday.
  it.each<[number, string[]]>([
    [2024, ['01-01', '01-15', '02-19', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25']],
    [2025, ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25']],
    [2026, ['01-01', '01-19', '02-16', '05-25', '06-19', '09-07', '10-12', '11-11', '11-26', '12-25']],
  ])('Federal Reserve %d', (year, days) => {
    expect(weekdayHolidays('us-federal-reserve', year)).toEqual(days);
  });

  // SIFMA's holiday recommendations for U.S. government securities; 3 July 2020 and 24 December 2021 for Saturdays.
  it.each<[number, string[]]>([
    [2020, ['01-01', '01-20', '02-17', '04-10', '05-25', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25']],
    [2022, ['01-17', '02-21', '04-15', '05-30', '06-20', '07-04', '09-05', '10-10', '11-11', '11-24', '12-26']],
    [
      2024,
      ['01-01', '01-15', '02-19', '03-29', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25'],
    ],
  ])('government securities %d', (year, days) => {
    expect(weekdayHolidays('us-government-securities', year)).toEqual(days);
  });

  it('government securities close on the Friday before a Saturday Christmas, not before a Saturday New Year', () => {
    expect(isBusinessDay('2021-12-24', 'us-government-securities')).toBe(false);
    expect(isBusinessDay('2021-12-31', 'us-government-securities')).toBe(true);
    expect(isBusinessDay('2023-11-10', 'us-government-securities')).toBe(true);
  });
});

describe('joined calendars', () => {
  it('have the business days of all', () => {
    const joint = parseCalendar('us-federal-reserve+london');
    expect(isBusinessDay('2020-11-26', joint)).toBe(false); // Thanksgiving, open in London
    expect(isBusinessDay('2020-08-31', joint)).toBe(false); // summer bank holiday, open in New York
    expect(isBusinessDay('2020-08-28', joint)).toBe(true);
    expect(isBusinessDay('2024-05-01', parseCalendar('us-federal-reserve+london+target'))).toBe(false);
  });

  it.each(['', 'fed', 'london+', 'london+paris', 'london+london', 'constructor'])('refuses "%s"', (text) => {
    expect(() => parseCalendar(text)).toThrow(CalendarNameError);
  });

  it('refuses four', () => {
    expect(() => parseCalendar('us-federal-reserve+us-government-securities+target+london')).toThrow(CalendarNameError);
  });
});
