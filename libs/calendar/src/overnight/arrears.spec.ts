import { describe, expect, it } from '@jest/globals';
import { parseRate } from '@weir/money';
import {
  type ArrearsOptions,
  averageRate,
  compoundedRate,
  type Fixings,
  FixingMissingError,
  observationsOf,
  OvernightPeriodError,
} from '../index.js';

const SOFR: ArrearsOptions = { calendar: 'us-government-securities', basis: 360, rounding: 'half-up' };

const fixingsOf = (rates: Record<string, string>): Fixings =>
  new Map(Object.entries(rates).map(([date, percent]) => [date, parseRate(`${percent} %`)]));

// SOFR as published by the Federal Reserve Bank of New York.
const SUMMER_2019 = fixingsOf({
  '2019-06-24': '2.39',
  '2019-06-25': '2.41',
  '2019-06-26': '2.43',
  '2019-06-27': '2.42',
  '2019-06-28': '2.50',
  '2019-07-01': '2.42',
  '2019-07-02': '2.51',
  '2019-07-03': '2.56',
  '2019-07-05': '2.59',
  '2019-07-08': '2.48',
  '2019-07-09': '2.45',
  '2019-07-10': '2.46',
  '2019-07-11': '2.41',
  '2019-07-12': '2.36',
  '2019-07-15': '2.46',
  '2019-07-16': '2.47',
  '2019-07-17': '2.47',
  '2019-07-18': '2.46',
  '2019-07-19': '2.41',
  '2019-07-22': '2.40',
  '2019-07-23': '2.40',
});

// Monday 8 to Friday 12 July 2019, rates that are easy to add.
const EASY = fixingsOf({
  '2019-07-08': '1.00',
  '2019-07-09': '2.00',
  '2019-07-10': '3.00',
  '2019-07-11': '4.00',
  '2019-07-12': '5.00',
});

describe('compounded SOFR, the examples of ARRC-BWLG-Examples-Other-Lookback-Options.xlsx (ARRC, 2020)', () => {
  // The figures to twelve decimals as tests of the open-source library QuantLib restate them.
  it('five days lookback without observation shift, 1 to 15 July 2019', () => {
    const options = { ...SOFR, lookback: 5 };
    expect(compoundedRate(SUMMER_2019, '2019-07-01', '2019-07-15', options)).toBe(24_781_644_454n);
  });

  it('five days lookback with observation shift, 1 to 31 July 2019', () => {
    const options = { ...SOFR, lookback: 5, observationShift: true };
    expect(compoundedRate(SUMMER_2019, '2019-07-01', '2019-07-31', options)).toBe(24_603_611_707n);
  });

  it('the same with a lockout of three days', () => {
    const options = { ...SOFR, lookback: 5, observationShift: true, lockout: 3 };
    expect(compoundedRate(SUMMER_2019, '2019-07-01', '2019-07-31', options)).toBe(24_693_783_702n);
  });
});

describe('compounding and averaging by hand', () => {
  it('compounds business days and bears the rate of Friday over the weekend', () => {
    // Thursday 11 to Monday 15 July: (1 + 0.04 × 1/360) × (1 + 0.05 × 3/360) − 1 = 0.2/360 − 0.01/360 + 0.006/360²
    // = 0.19/360 + 0.006/129,600; × 360/4 = 0.0475 + 0.006/1,440 = 0.047504166666…
    expect(compoundedRate(EASY, '2019-07-11', '2019-07-15', SOFR)).toBe(47_504_166_667n);
    expect(compoundedRate(EASY, '2019-07-11', '2019-07-15', { ...SOFR, rounding: 'down' })).toBe(47_504_166_666n);
    // five decimals of the percentage: 4.75042 %
    expect(compoundedRate(EASY, '2019-07-11', '2019-07-15', { ...SOFR, decimals: 7 })).toBe(47_504_200_000n);
    // over 365: 0.0475 + 0.006/(365 × 4) = 0.047504109589…
    expect(compoundedRate(EASY, '2019-07-11', '2019-07-15', { ...SOFR, basis: 365 })).toBe(47_504_109_589n);
  });

  it('averages by calendar days', () => {
    // (4 × 1 + 5 × 3) ÷ 4 = 4.75; Monday to Monday (1 + 2 + 3 + 4 + 5 × 3) ÷ 7 = 25/7 = 3.571428571428…
    expect(averageRate(EASY, '2019-07-11', '2019-07-15', SOFR)).toBe(47_500_000_000n);
    expect(averageRate(EASY, '2019-07-08', '2019-07-15', SOFR)).toBe(35_714_285_714n);
    expect(averageRate(EASY, '2019-07-08', '2019-07-15', { ...SOFR, rounding: 'up' })).toBe(35_714_285_715n);
  });

  it('looks back with the weights of the period, or shifts them too', () => {
    // Friday 12 to Tuesday 16 July, one day back: Friday bears Thursday's 4 for 3 days, Monday Friday's 5 for 1: 17/4
    const back = { ...SOFR, lookback: 1 };
    expect(averageRate(EASY, '2019-07-12', '2019-07-16', back)).toBe(42_500_000_000n);
    // shifted it is Thursday 11 to Monday 15: Thursday 4 for 1 day, Friday 5 for 3: 19/4
    expect(averageRate(EASY, '2019-07-12', '2019-07-16', { ...back, observationShift: true })).toBe(47_500_000_000n);
  });

  it('locks the last days at the rate before them', () => {
    // 8 to 13 July, two days locked at Wednesday's 3: (1 + 2 + 3 + 3 + 3) ÷ 5 = 2.4
    expect(averageRate(EASY, '2019-07-08', '2019-07-13', { ...SOFR, lockout: 2 })).toBe(24_000_000_000n);
  });

  it('begins on a weekend with the rate of the business day before', () => {
    // Saturday 6 July to Tuesday 9 July 2019: 2 days at Friday's 2.59, one at Monday's 2.48: 7.66/3 = 2.55333…
    expect(averageRate(SUMMER_2019, '2019-07-06', '2019-07-09', SOFR)).toBe(25_533_333_333n);
  });

  it('bears negative rates', () => {
    const negative = fixingsOf({ '2019-07-08': '-0.50', '2019-07-09': '0.30' });
    expect(averageRate(negative, '2019-07-08', '2019-07-10', SOFR)).toBe(-1_000_000_000n);
    // (1 − 0.005/360)(1 + 0.003/360) − 1 = −0.002/360 − 0.000015/129,600; × 180 = −0.001 − 0.000015/720 = −0.00100002083…
    expect(compoundedRate(negative, '2019-07-08', '2019-07-10', SOFR)).toBe(-1_000_020_833n);
  });
});

describe('observations', () => {
  it('say which day bears which rate, over a holiday', () => {
    // 4 July 2019 is a Thursday
    expect(observationsOf(SUMMER_2019, '2019-07-03', '2019-07-08', { calendar: SOFR.calendar, lookback: 1 })).toEqual([
      {
        from: '2019-07-03',
        to: '2019-07-05',
        days: 2,
        observed: '2019-07-02',
        fixed: '2019-07-02',
        rate: 25_100_000_000n,
      },
      {
        from: '2019-07-05',
        to: '2019-07-08',
        days: 3,
        observed: '2019-07-03',
        fixed: '2019-07-03',
        rate: 25_600_000_000n,
      },
    ]);
  });

  it('report every missing day at once', () => {
    const gaps = fixingsOf({ '2019-07-09': '2.00', '2019-07-11': '4.00' });
    const run = (): bigint => averageRate(gaps, '2019-07-08', '2019-07-13', SOFR);
    expect(run).toThrow(FixingMissingError);
    expect(run).toThrow(new FixingMissingError(['2019-07-08', '2019-07-10', '2019-07-12']));
  });

  it('fall back so many business days and no more', () => {
    const early = fixingsOf({ '2019-07-09': '2.00' });
    const options = { calendar: SOFR.calendar, fallback: 2 };
    expect(observationsOf(early, '2019-07-11', '2019-07-12', options)).toEqual([
      {
        from: '2019-07-11',
        to: '2019-07-12',
        days: 1,
        observed: '2019-07-11',
        fixed: '2019-07-09',
        rate: 20_000_000_000n,
      },
    ]);
    expect(() => observationsOf(early, '2019-07-12', '2019-07-13', options)).toThrow(
      new FixingMissingError(['2019-07-12']),
    );
  });

  it.each<[OvernightPeriodError['reason'], string, string, Partial<ArrearsOptions>]>([
    ['empty-period', '2019-07-08', '2019-07-08', {}],
    ['empty-period', '2019-07-09', '2019-07-08', {}],
    ['empty-period', '2019-07-13', '2019-07-14', { lookback: 1, observationShift: true }],
    ['lockout', '2019-07-08', '2019-07-10', { lockout: 2 }],
    ['business-days', '2019-07-08', '2019-07-10', { lookback: -1 }],
    ['business-days', '2019-07-08', '2019-07-10', { fallback: 0.5 }],
    ['decimals', '2019-07-08', '2019-07-10', { decimals: 13 }],
  ])('are refused: %s, %s to %s', (reason, from, to, options) => {
    expect(() => compoundedRate(EASY, from, to, { ...SOFR, ...options })).toThrow(new OvernightPeriodError(reason));
  });
});
