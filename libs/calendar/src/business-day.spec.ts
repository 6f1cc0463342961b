import { describe, expect, it } from '@jest/globals';
import { adjust, businessDaysAfter, businessDaysBefore, parseCalendar } from './index.js';

describe('business-day conventions', () => {
  // Saturday 31 October 2020 (Friday 30th, Monday 2 November); Sunday 1 November 2020; Thursday 1 October is open.
  it.each([
    ['2020-10-31', '2020-11-02', '2020-10-30', '2020-10-30', '2020-10-30'],
    ['2020-11-01', '2020-11-02', '2020-11-02', '2020-10-30', '2020-11-02'],
    ['2020-08-15', '2020-08-17', '2020-08-17', '2020-08-14', '2020-08-14'],
    ['2020-10-01', '2020-10-01', '2020-10-01', '2020-10-01', '2020-10-01'],
  ])('%s moves', (date, following, modifiedFollowing, preceding, modifiedPreceding) => {
    expect(adjust(date, 'following', 'us-federal-reserve')).toBe(following);
    expect(adjust(date, 'modified-following', 'us-federal-reserve')).toBe(modifiedFollowing);
    expect(adjust(date, 'preceding', 'us-federal-reserve')).toBe(preceding);
    expect(adjust(date, 'modified-preceding', 'us-federal-reserve')).toBe(modifiedPreceding);
    expect(adjust(date, 'unadjusted', 'us-federal-reserve')).toBe(date);
  });

  it('look at all joined calendars', () => {
    // 24 December 2020 is a Thursday; 25 Christmas, 28 substitute for Boxing Day in London only
    expect(adjust('2020-12-25', 'following', 'us-federal-reserve')).toBe('2020-12-28');
    expect(adjust('2020-12-25', 'following', parseCalendar('us-federal-reserve+london'))).toBe('2020-12-29');
  });
});

describe('counting business days', () => {
  it('steps over weekends and Easter in both directions', () => {
    // Good Friday 10 and Easter Monday 13 April 2020
    expect(businessDaysAfter('2020-04-09', 1, 'london')).toBe('2020-04-14');
    expect(businessDaysBefore('2020-04-14', 1, 'london')).toBe('2020-04-09');
    expect(businessDaysAfter('2020-04-08', 3, 'london')).toBe('2020-04-15');
  });

  it('counts from a day that is none, and leaves the date for zero', () => {
    expect(businessDaysAfter('2020-04-11', 1, 'london')).toBe('2020-04-14');
    expect(businessDaysBefore('2020-04-11', 1, 'london')).toBe('2020-04-09');
    expect(businessDaysAfter('2020-04-11', 0, 'london')).toBe('2020-04-11');
  });
});

describe('business days told by a rule of the caller', () => {
  it('move a date like those of a calendar', () => {
    const even = (date: string): boolean => Number(date.slice(8)) % 2 === 0;

    expect(adjust('2024-03-31', 'following', even)).toBe('2024-04-02');
    expect(adjust('2024-03-31', 'modified-following', even)).toBe('2024-03-30');
    expect(businessDaysAfter('2024-03-02', 2, even)).toBe('2024-03-06');
  });
});
