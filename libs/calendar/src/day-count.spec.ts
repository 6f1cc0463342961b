import { describe, expect, it } from '@jest/globals';
import { DAY_COUNTS, DAY_COUNTS_360, dayCountDays, DayCountBasisError, isDayCount360 } from './index.js';

describe('30/360 conventions', () => {
  // Periods as in ISDA's published comparison of the 30/360 conventions of the 2006 Definitions, whose columns are the
  // first three; each is the formula by hand: 2007-02-28 to 2007-03-31 is 30 + 31 − 28, 30 + 30 − 28 and 30 + 30 − 30.
  it.each([
    ['2007-01-15', '2007-01-30', 15, 15, 15, 15],
    ['2007-01-15', '2007-02-15', 30, 30, 30, 30],
    ['2007-01-15', '2007-07-15', 180, 180, 180, 180],
    ['2007-09-30', '2008-03-31', 180, 180, 180, 180],
    ['2007-09-30', '2007-10-31', 30, 30, 30, 30],
    ['2007-09-30', '2008-09-30', 360, 360, 360, 360],
    ['2007-01-15', '2007-01-31', 16, 15, 15, 16],
    ['2007-01-31', '2007-02-28', 28, 28, 30, 28],
    ['2007-02-28', '2007-03-31', 33, 32, 30, 30],
    ['2006-08-31', '2007-02-28', 178, 178, 180, 178],
    ['2007-02-28', '2007-08-31', 183, 182, 180, 180],
    ['2007-02-14', '2007-02-28', 14, 14, 16, 14],
    ['2007-02-26', '2008-02-29', 363, 363, 364, 363],
    ['2008-02-29', '2009-02-28', 359, 359, 360, 360],
    ['2008-02-29', '2008-03-30', 31, 31, 30, 30],
    ['2008-02-29', '2008-03-31', 32, 31, 30, 30],
    ['2007-02-28', '2007-03-05', 7, 7, 5, 5],
    ['2007-10-31', '2007-11-28', 28, 28, 28, 28],
    ['2008-02-28', '2008-08-31', 183, 182, 182, 183],
  ])('%s to %s: bond %d, eurobond %d, ISDA %d, US %d', (from, to, bond, eurobond, isda, us) => {
    expect(dayCountDays('30/360', from, to)).toBe(bond);
    expect(dayCountDays('30E/360', from, to)).toBe(eurobond);
    expect(dayCountDays('30E/360 ISDA', from, to)).toBe(isda);
    expect(dayCountDays('30/360 US', from, to)).toBe(us);
  });

  it('30E/360 ISDA counts an end of February as it is when it is the termination date', () => {
    expect(dayCountDays('30E/360 ISDA', '2007-02-14', '2007-02-28', '2007-02-28')).toBe(14);
    expect(dayCountDays('30E/360 ISDA', '2007-02-14', '2007-02-28', '2008-02-28')).toBe(16);
    // 31 August is the termination date too, and no February: it stays the 30th.
    expect(dayCountDays('30E/360 ISDA', '2007-02-28', '2007-08-31', '2007-08-31')).toBe(180);
  });
});

describe('conventions over 360', () => {
  it('are told from those with other denominators, of which no days are given', () => {
    expect(DAY_COUNTS.filter(isDayCount360)).toEqual([...DAY_COUNTS_360]);
    expect(DAY_COUNTS.filter((convention) => !isDayCount360(convention))).toEqual([
      'ACT/365F',
      'ACT/ACT ISDA',
      'ACT/ACT ICMA',
    ]);
    expect(() => dayCountDays('ACT/365F', '2020-01-01', '2020-02-01')).toThrow(new DayCountBasisError('ACT/365F'));
  });
});
