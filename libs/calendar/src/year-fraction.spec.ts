import { describe, expect, it } from '@jest/globals';
import { AccrualContextError, yearFraction } from './index.js';

describe('actual/actual, the examples of the ISDA paper "EMU and market conventions: recent developments" (1999)', () => {
  // ISDA: days in leap years ÷ 366 + other days ÷ 365, here over the common denominator and in lowest terms.
  // ICMA: days ÷ (days of the regular period × frequency), added over the notional periods.
  it('a regular semi-annual period, 1 November 2003 to 1 May 2004', () => {
    const [from, to] = ['2003-11-01', '2004-05-01'];
    // 61/365 + 121/366 = (61 × 366 + 121 × 365) ÷ 133,590 = 66,491 ÷ 133,590
    expect(yearFraction('ACT/ACT ISDA', from, to)).toEqual({ num: 66_491n, den: 133_590n });
    expect(yearFraction('ACT/ACT ICMA', from, to, { periodStart: from, periodEnd: to, frequency: 2 })).toEqual({
      num: 1n,
      den: 2n,
    });
  });

  it('a short first annual period, 1 February to 1 July 1999', () => {
    const [from, to] = ['1999-02-01', '1999-07-01'];
    // 150/365 = 30/73 by both
    expect(yearFraction('ACT/ACT ISDA', from, to)).toEqual({ num: 30n, den: 73n });
    const context = { periodStart: '1998-07-01', periodEnd: to, frequency: 1 };
    expect(yearFraction('ACT/ACT ICMA', from, to, context)).toEqual({ num: 30n, den: 73n });
    // the year after it: 184/365 + 182/366 = (67,344 + 66,430) ÷ 133,590 = 66,887 ÷ 66,795
    expect(yearFraction('ACT/ACT ISDA', to, '2000-07-01')).toEqual({ num: 66_887n, den: 66_795n });
  });

  it('a long first semi-annual period, 15 August 2002 to 15 July 2003', () => {
    const [from, to] = ['2002-08-15', '2003-07-15'];
    expect(yearFraction('ACT/ACT ISDA', from, to)).toEqual({ num: 334n, den: 365n });
    // 181/(181 × 2) + 153/(184 × 2) = 337/368
    const context = { periodStart: '2003-01-15', periodEnd: to, frequency: 2 };
    expect(yearFraction('ACT/ACT ICMA', from, to, context)).toEqual({ num: 337n, den: 368n });
  });

  it('a short last semi-annual period, 30 January to 30 June 2000', () => {
    const [from, to] = ['2000-01-30', '2000-06-30'];
    expect(yearFraction('ACT/ACT ISDA', from, to)).toEqual({ num: 76n, den: 183n });
    // 152/(182 × 2) = 38/91
    const context = { periodStart: from, periodEnd: '2000-07-30', frequency: 2 };
    expect(yearFraction('ACT/ACT ICMA', from, to, context)).toEqual({ num: 38n, den: 91n });
  });

  it('a long last quarterly period at ends of months, 30 November 1999 to 30 April 2000', () => {
    const [from, to] = ['1999-11-30', '2000-04-30'];
    // 32/365 + 120/366 = (11,712 + 43,800) ÷ 133,590 = 9,252 ÷ 22,265
    expect(yearFraction('ACT/ACT ISDA', from, to)).toEqual({ num: 9_252n, den: 22_265n });
    // 91/(91 × 4) + 61/(92 × 4) = 153/368: the second notional period ends on 31 May, 92 days after 29 February
    const context = { periodStart: from, periodEnd: '2000-02-29', frequency: 4 };
    expect(yearFraction('ACT/ACT ICMA', from, to, context)).toEqual({ num: 153n, den: 368n });
  });
});

describe('actual/actual ICMA over notional periods', () => {
  it('goes on with the day that February cut short', () => {
    // 30 August 2022 (28 February 2023 back) to 28 February 2023 is one period, so two make a year
    const context = { periodStart: '2023-02-28', periodEnd: '2023-08-30', frequency: 2 };
    expect(yearFraction('ACT/ACT ICMA', '2022-08-30', '2023-08-30', context)).toEqual({ num: 1n, den: 1n });
    // 28 to 30 August 2022 are 2 days of the period 28 February to 30 August 2022, 183 days: 1 + 2/366
    expect(yearFraction('ACT/ACT ICMA', '2022-08-28', '2023-08-30', context)).toEqual({ num: 184n, den: 183n });
  });

  it('takes the stated roll day where adjusted dates hide it', () => {
    // 17 April 2023 is a moved 15th, a Saturday; the period before 15 January begins on 15 October 2022, 92 days: 1/4 + 10/(92 × 4)
    const context = { periodStart: '2023-01-15', periodEnd: '2023-04-17', frequency: 4, rollDay: 15 };
    expect(yearFraction('ACT/ACT ICMA', '2023-01-05', '2023-04-17', context)).toEqual({ num: 51n, den: 184n });
  });

  it('asks for the regular period and a frequency of whole months', () => {
    const period = { periodStart: '2023-01-15', periodEnd: '2023-04-15' };
    const run = (context: object) => () => yearFraction('ACT/ACT ICMA', '2023-01-15', '2023-02-15', context);
    expect(run({ frequency: 4 })).toThrow(new AccrualContextError('regular-period'));
    expect(run({ periodStart: '2023-04-15', periodEnd: '2023-04-15', frequency: 4 })).toThrow(
      new AccrualContextError('regular-period'),
    );
    expect(run(period)).toThrow(new AccrualContextError('frequency'));
    expect(run({ ...period, frequency: 5 })).toThrow(new AccrualContextError('frequency'));
  });
});

describe('year fractions over a fixed year', () => {
  it('are the days over 360 or 365 in lowest terms', () => {
    // 33 days = 11/120; 30 days = 1/12; 366 days of 2020 over 365
    expect(yearFraction('ACT/360', '2020-07-15', '2020-08-17')).toEqual({ num: 11n, den: 120n });
    expect(yearFraction('30/360', '2020-07-15', '2020-08-15')).toEqual({ num: 1n, den: 12n });
    expect(yearFraction('ACT/365F', '2020-01-01', '2021-01-01')).toEqual({ num: 366n, den: 365n });
    // 14 days of 360 = 7/180 at the termination date, 16 days = 2/45 without it
    const last = { terminationDate: '2007-02-28' };
    expect(yearFraction('30E/360 ISDA', '2007-02-14', '2007-02-28', last)).toEqual({ num: 7n, den: 180n });
    expect(yearFraction('30E/360 ISDA', '2007-02-14', '2007-02-28')).toEqual({ num: 2n, den: 45n });
  });

  it('span whole years in between, are zero over no day and negative backwards', () => {
    // 31 December 2019 to 2 January 2022: 1/365 + 2 + 1/365 = 732/365
    expect(yearFraction('ACT/ACT ISDA', '2019-12-31', '2022-01-02')).toEqual({ num: 732n, den: 365n });
    expect(yearFraction('ACT/360', '2020-07-15', '2020-07-15')).toEqual({ num: 0n, den: 1n });
    expect(yearFraction('ACT/360', '2020-08-17', '2020-07-15')).toEqual({ num: -11n, den: 120n });
  });
});
