import { describe, expect, it } from '@jest/globals';
import { periodDates, type PeriodDatesOptions, ScheduleError } from './index.js';

const MONTHLY: PeriodDatesOptions = {
  first: '2020-08-15',
  count: 3,
  monthsPerPeriod: 1,
  day: 15,
  convention: 'following',
  calendar: 'us-federal-reserve',
};

const unadjusted = (options: Partial<PeriodDatesOptions>): string[] =>
  periodDates({ ...MONTHLY, ...options }).map((date) => date.unadjusted);

describe('dates of periods', () => {
  it('are given before and after they are moved', () => {
    // 15 August 2020 is a Saturday, 15 November a Sunday
    expect(periodDates({ ...MONTHLY, count: 4 })).toEqual([
      { unadjusted: '2020-08-15', adjusted: '2020-08-17' },
      { unadjusted: '2020-09-15', adjusted: '2020-09-15' },
      { unadjusted: '2020-10-15', adjusted: '2020-10-15' },
      { unadjusted: '2020-11-15', adjusted: '2020-11-16' },
    ]);
  });

  it('begin in the month of the first, on the day asked for', () => {
    expect(unadjusted({ first: '2020-08-31', day: 10, count: 2 })).toEqual(['2020-08-10', '2020-09-10']);
  });

  it('keep a 31st over February, and the last day of each month', () => {
    expect(unadjusted({ first: '2021-01-31', day: 31 })).toEqual(['2021-01-31', '2021-02-28', '2021-03-31']);
    expect(unadjusted({ first: '2020-02-29', day: 'last', monthsPerPeriod: 3 })).toEqual([
      '2020-02-29',
      '2020-05-31',
      '2020-08-31',
    ]);
    expect(unadjusted({ first: '2021-02-28', day: 30, count: 2 })).toEqual(['2021-02-28', '2021-03-30']);
  });

  it.each([
    ['2020-10-15', 3],
    ['2020-10-14', 2],
    ['2020-08-15', 1],
    ['2021-08-31', 13],
  ])('end on or before %s: %d', (last, dates) => {
    expect(unadjusted({ count: undefined, last })).toHaveLength(dates);
  });

  it('end on a last day that its month cut short', () => {
    expect(unadjusted({ first: '2021-01-31', day: 31, count: undefined, last: '2021-02-28' })).toEqual([
      '2021-01-31',
      '2021-02-28',
    ]);
    expect(
      unadjusted({ first: '2020-09-30', day: 'last', monthsPerPeriod: 6, count: undefined, last: '2021-03-30' }),
    ).toEqual(['2020-09-30']);
  });

  it.each<[ScheduleError['reason'], Partial<PeriodDatesOptions>]>([
    ['last-or-count', { count: undefined }],
    ['last-or-count', { last: '2021-01-01' }],
    ['months-per-period', { monthsPerPeriod: 0 }],
    ['months-per-period', { monthsPerPeriod: 1.5 }],
    ['day', { day: 0 }],
    ['day', { day: 32 }],
    ['count', { count: 0 }],
    ['count', { count: 1_201 }],
    ['count', { count: undefined, last: '2020-08-14' }],
    ['count', { count: undefined, last: '2019-08-14' }],
  ])('are refused: %s', (reason, options) => {
    expect(() => unadjusted(options)).toThrow(new ScheduleError(reason));
  });
});
