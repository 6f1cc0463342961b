import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  addMonths,
  adjust,
  businessDaysBefore,
  dateInstant,
  DateFormatError,
  dayCountDays,
  daysBetween,
  isBusinessDay,
  isLeapYear,
  parseDate,
  weekdayOf,
} from './index.js';

const FED = 'us-federal-reserve';

describe('plain dates', () => {
  it.each([
    '2020-02-30',
    '2021-02-29',
    '2100-02-29',
    '2020-04-31',
    '2020-00-10',
    '2020-01-00',
    '2200-01-01',
    '2020-01-01x',
    '2020-7-1',
    '20200701',
    '2020-13-01',
    '1899-01-01',
    'tomorrow',
    '',
  ])('refuses "%s"', (text) => {
    expect(() => parseDate(text)).toThrow(DateFormatError);
  });

  it('takes leap days of every fourth year but the centuries not divisible by 400', () => {
    expect(parseDate('2000-02-29')).toBe('2000-02-29');
    expect(parseDate('2020-02-29')).toBe('2020-02-29');
    expect([1900, 2000, 2020, 2021, 2100].map(isLeapYear)).toEqual([false, true, true, false, false]);
  });

  it('adds days and months over year ends and short months', () => {
    expect(addDays('2020-12-31', 1)).toBe('2021-01-01');
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29');
    expect(addMonths('2020-01-31', 1)).toBe('2020-02-29');
    expect(addMonths('2020-11-15', 2)).toBe('2021-01-15');
    expect(addMonths('2020-01-15', -1)).toBe('2019-12-15');
  });

  it('knows instants and weekdays', () => {
    // 17 August 2020, a Monday: 18,491 days after 1 January 1970
    expect(dateInstant('2020-08-17')).toBe(18_491 * 86_400);
    expect(weekdayOf('2020-08-15')).toBe(6);
    expect(weekdayOf('1969-12-31')).toBe(3);
  });
});

describe('day counts', () => {
  it('ACT/360 counts actual days, 15 July to 17 August is 33', () => {
    expect(dayCountDays('ACT/360', '2020-07-15', '2020-08-17')).toBe(33);
    expect(daysBetween('2020-08-17', '2020-07-15')).toBe(-33);
  });

  it.each([
    ['2020-07-15', '2020-08-15', 30],
    ['2020-01-31', '2020-03-31', 60],
    ['2020-01-30', '2020-01-31', 0],
    ['2020-01-15', '2020-01-31', 16],
    ['2020-02-29', '2021-02-28', 359],
  ])('30/360 from %s to %s is %d', (from, to, days) => {
    expect(dayCountDays('30/360', from, to)).toBe(days);
  });
});

describe('Federal Reserve business days', () => {
  // Holiday dates from the Board's published schedules for 2020 to 2023.
  it.each([
    '2020-01-01',
    '2020-01-20',
    '2020-02-17',
    '2020-05-25',
    '2020-09-07',
    '2020-10-12',
    '2020-11-11',
    '2020-11-26',
    '2020-12-25',
    '2021-07-05',
    '2022-06-20',
    '2023-01-02',
    '2023-06-19',
  ])('%s is a holiday', (date) => {
    expect(isBusinessDay(date, FED)).toBe(false);
  });

  it.each(['2020-07-03', '2021-06-18', '2021-12-31', '2020-06-19', '2021-12-24'])('%s is a business day', (date) => {
    expect(isBusinessDay(date, FED)).toBe(true);
  });

  it('moves a Saturday payment date to Monday and finds the record date before it', () => {
    expect(adjust('2020-08-15', 'following', FED)).toBe('2020-08-17');
    expect(adjust('2020-08-15', 'unadjusted', FED)).toBe('2020-08-15');
    expect(businessDaysBefore('2020-08-17', 1, FED)).toBe('2020-08-14');
    expect(businessDaysBefore('2020-08-17', 0, FED)).toBe('2020-08-17');
  });

  it('steps over a holiday in both directions', () => {
    // Monday 15 February 2021 is Washington's birthday
    expect(adjust('2021-02-15', 'following', FED)).toBe('2021-02-16');
    expect(businessDaysBefore('2021-02-16', 1, FED)).toBe('2021-02-12');
  });
});
