import { describe, expect, it } from '@jest/globals';
import { TooManyEvents } from './errors.js';
import { type Cycle, cycleDates, firstDateOf } from './schedule.js';

const monthly: Cycle = { count: 1, unit: 'month', lastPeriod: 'short' };

describe('dates of a cycle', () => {
  it('come before the end and are each counted from the first, so that the 31st survives February', () => {
    const dates = cycleDates('2013-01-31', monthly, '2013-04-30', 'same-day');

    expect(dates).toEqual(['2013-01-31', '2013-02-28', '2013-03-31']);
  });

  it('stay at the end of the month by that rule, and on their day without it', () => {
    const quarterly = { ...monthly, count: 3 };

    expect(cycleDates('2013-04-30', quarterly, '2014-01-31', 'end-of-month')).toEqual([
      '2013-04-30',
      '2013-07-31',
      '2013-10-31',
    ]);
    expect(cycleDates('2013-04-30', quarterly, '2014-01-31', 'same-day')).toEqual([
      '2013-04-30',
      '2013-07-30',
      '2013-10-30',
      '2014-01-30',
    ]);
  });

  it('move to no end of month from a day that is none', () => {
    expect(cycleDates('2013-01-30', monthly, '2013-04-01', 'end-of-month')).toEqual([
      '2013-01-30',
      '2013-02-28',
      '2013-03-30',
    ]);
  });

  it.each([
    // The 15 days after 1 April are a stretch of their own, or belong to the one before.
    ['short', '2013-04-16', ['2013-02-01', '2013-03-01', '2013-04-01']],
    ['long', '2013-04-16', ['2013-02-01', '2013-03-01']],
    // The cycle meets the end: nothing is left over.
    ['long', '2013-05-01', ['2013-02-01', '2013-03-01', '2013-04-01']],
    // A single date is the beginning of the only stretch.
    ['long', '2013-02-20', ['2013-02-01']],
  ] as const)('with a %s last period until %s are %s', (lastPeriod, end, dates) => {
    expect(cycleDates('2013-02-01', { ...monthly, lastPeriod }, end, 'same-day')).toEqual(dates);
  });

  it('count weeks as days, whatever the rule for months', () => {
    const fortnightly: Cycle = { count: 14, unit: 'day', lastPeriod: 'short' };

    expect(cycleDates('2013-01-31', fortnightly, '2013-03-01', 'end-of-month')).toEqual([
      '2013-01-31',
      '2013-02-14',
      '2013-02-28',
    ]);
  });

  it('without a cycle are the first alone, unless the end comes before it', () => {
    expect(cycleDates('2013-02-01', undefined, '2014-01-01', 'same-day')).toEqual(['2013-02-01']);
    expect(cycleDates('2014-01-01', undefined, '2014-01-01', 'same-day')).toEqual([]);
  });

  it('keep the time of day of the first', () => {
    expect(cycleDates('2013-01-31T23:59:59', monthly, '2013-03-01', 'same-day')).toEqual([
      '2013-01-31T23:59:59',
      '2013-02-28T23:59:59',
    ]);
  });

  it('end where there are too many to project', () => {
    const daily: Cycle = { count: 1, unit: 'day', lastPeriod: 'short' };

    expect(() => cycleDates('1901-01-01', daily, '2199-01-01', 'same-day')).toThrow(TooManyEvents);
  });

  it('begin one cycle after the initial date when no first date is given', () => {
    expect(firstDateOf({ cycle: monthly }, '2013-01-15', 'same-day')).toBe('2013-02-15');
    expect(firstDateOf({ firstDate: '2013-03-01', cycle: monthly }, '2013-01-15', 'same-day')).toBe('2013-03-01');
    expect(firstDateOf({}, '2013-01-15', 'same-day')).toBeUndefined();
  });
});
