import { describe, expect, it } from '@jest/globals';
import { type ContractDayCount, yearsBetween } from './accrual.js';
import { eventDate } from './business-days.js';
import { MomentFormatError } from './errors.js';
import { accrualDay, addPeriods, isMoment, parseMoment } from './moment.js';

describe('years between two moments', () => {
  it.each<[ContractDayCount, string, string, number]>([
    ['ACT/360', '2024-01-15', '2024-03-15', 60 / 360],
    ['ACT/365F', '2024-01-15', '2024-03-15', 60 / 365],
    // 17 days of 2023 from 15 December, 14 of the leap year 2024 up to 15 January.
    ['ACT/ACT ISDA', '2023-12-15', '2024-01-15', 17 / 365 + 14 / 366],
    ['30E/360', '2024-01-31', '2024-03-31', 60 / 360],
    ['30/360', '2024-01-30', '2024-03-31', 60 / 360],
    // Two months less the day from the 27th to the 28th, at which both later days stand.
    ['28E/336', '2024-01-31', '2024-03-27', (2 * 28 - 1) / 336],
    ['ACT/336', '2024-01-15', '2024-03-15', 60 / 336],
    ['ACT/365F', '2024-03-15', '2024-01-15', -60 / 365],
  ])('%s from %s to %s', (dayCount, from, to, years) => {
    expect(yearsBetween({ dayCount }, from, to)).toBeCloseTo(years, 15);
  });

  it('30E/360 ISDA leaves an end of February alone that is the maturity', () => {
    const until = { dayCount: '30E/360 ISDA', maturityDate: '2023-02-28' } as const;

    expect(yearsBetween(until, '2023-01-31', '2023-02-28')).toBeCloseTo(28 / 360, 15);
    expect(yearsBetween({ dayCount: '30E/360 ISDA' }, '2023-01-31', '2023-02-28')).toBeCloseTo(30 / 360, 15);
  });

  it('BUS/252 counts the business days of the calendar', () => {
    // Friday 5 to Tuesday 9 January 2024: Friday and Monday are business days, the weekend is not.
    const weekdays = { dayCount: 'BUS/252', calendar: 'weekdays' } as const;

    expect(yearsBetween(weekdays, '2024-01-05', '2024-01-09')).toBeCloseTo(2 / 252, 15);
    expect(yearsBetween({ dayCount: 'BUS/252' }, '2024-01-05', '2024-01-09')).toBeCloseTo(4 / 252, 15);
    // Monday 15 January 2024 is Martin Luther King's day.
    const federal = { dayCount: 'BUS/252', calendar: 'us-federal-reserve' } as const;
    expect(yearsBetween(federal, '2024-01-12', '2024-01-17')).toBeCloseTo(2 / 252, 15);
  });

  it('the last second of a day counts the day', () => {
    expect(yearsBetween({ dayCount: 'ACT/365F' }, '2013-11-01', '2013-12-31T23:59:59')).toBeCloseTo(61 / 365, 15);
  });
});

describe('a moment', () => {
  it.each([
    ['2013-01-01T00:00:00', '2013-01-01'],
    [' 2013-01-01T00:00 ', '2013-01-01'],
    ['2013-01-01', '2013-01-01'],
    ['2013-12-31T24:00:00', '2014-01-01'],
    ['2013-12-31T23:59:59', '2013-12-31T23:59:59'],
    ['2013-12-31 09:30', '2013-12-31T09:30:00'],
  ])('"%s" is %s', (text, moment) => {
    expect(parseMoment(text)).toBe(moment);
  });

  it.each(['', '2013-1-1', '2013-01-01T24:01', '2013-01-01T12:60', '01/02/2013'])('"%s" is none', (text) => {
    expect(() => parseMoment(text)).toThrow(MomentFormatError);
  });

  it('compares only in its one form', () => {
    expect([isMoment('2013-01-01'), isMoment('2013-01-01T00:00'), isMoment('2013-02-30'), isMoment(7)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('moves by periods and keeps its time', () => {
    expect(addPeriods('2024-02-29', { count: 12, unit: 'month' }, 1)).toBe('2025-02-28');
    expect(addPeriods('2024-02-29', { count: 1, unit: 'month' }, 1, true)).toBe('2024-03-31');
    expect(addPeriods('2024-01-31T23:59:59', { count: 1, unit: 'day' }, -1)).toBe('2024-01-30T23:59:59');
    expect(accrualDay('2024-01-31T23:59:59')).toBe('2024-02-01');
  });
});

describe('a date that is no business day', () => {
  // 31 March 2013 is a Sunday, the day before a Saturday.
  it.each([
    ['following', 'moved', '2013-04-01', '2013-04-01'],
    ['modified-following', 'moved', '2013-03-29', '2013-03-29'],
    ['preceding', 'scheduled', '2013-03-29', '2013-03-31'],
    ['modified-following', 'scheduled', '2013-03-29', '2013-03-31'],
  ] as const)('moves %s, interest to the %s date', (convention, interestTo, at, accruedTo) => {
    const moved = eventDate('2013-03-31', { convention, calendar: 'weekdays', interestTo });

    expect(moved).toEqual({ scheduled: '2013-03-31', at, interestTo: accruedTo });
  });

  it('modified preceding stays in its month: Saturday 1 June 2013 moves to Monday', () => {
    const rule = { convention: 'modified-preceding', calendar: 'weekdays', interestTo: 'moved' } as const;

    expect(eventDate('2013-06-01', rule).at).toBe('2013-06-03');
  });

  it('stays where every day is one, or no rule is given', () => {
    const rule = { convention: 'following', calendar: 'every-day', interestTo: 'moved' } as const;

    expect(eventDate('2013-03-31', rule).at).toBe('2013-03-31');
    expect(eventDate('2013-03-31', undefined).at).toBe('2013-03-31');
  });
});
