import { describe, expect, it } from '@jest/globals';
import type { Deal } from '@weir/deal';
import type { Period } from '../schedule.js';
import { accrualPeriods, dayFractionsOf, type DayTerms } from './day-fractions.js';

/** The last days of January and February 2025; February's is paid on Monday, 3 March. */
const periods = [
  {
    period: 1,
    paymentDate: '2025-01-31',
    nominalDate: '2025-01-31',
    regularDate: '2025-01-31',
    collectionTo: '2024-12-31',
  },
  {
    period: 2,
    paymentDate: '2025-03-03',
    nominalDate: '2025-02-28',
    regularDate: '2025-02-28',
    collectionTo: '2025-01-31',
  },
] as unknown as Period[];

const dealOf = (paymentDay: number | 'last', listed = false) =>
  ({
    closingDate: '2025-01-10',
    schedule: { monthsPerPeriod: 1, paymentDay, firstFrom: '2024-12-01', listed: listed ? periods : null },
  }) as unknown as Deal;

const termsOf = (terms: Partial<DayTerms>): DayTerms => ({
  dayCount: 'ACT/360',
  accrual: 'unadjusted',
  firstFrom: null,
  terminationDate: null,
  ...terms,
});

describe('accrual periods', () => {
  it('run from closing to the dates as written, and begin a month before a last day on a last day', () => {
    expect(accrualPeriods(dealOf('last'), termsOf({}), periods)).toEqual([
      { from: '2025-01-10', to: '2025-01-31', regular: { start: '2024-12-31', end: '2025-01-31' } },
      { from: '2025-01-31', to: '2025-02-28', regular: { start: '2025-01-31', end: '2025-02-28' } },
    ]);
  });

  it('begin a month before by the day where payment is on a day', () => {
    const february = [periods[1]!];
    const start = (day: number | 'last') => accrualPeriods(dealOf(day), termsOf({}), february)[0]!.regular.start;
    expect(start(28)).toBe('2025-01-28');
    expect(start('last')).toBe('2025-01-31');
  });

  it('run to the dates as moved, from a first day that is given', () => {
    const terms = termsOf({ accrual: 'adjusted', firstFrom: '2025-01-02' });
    const found = accrualPeriods(dealOf('last'), terms, periods);
    expect(found.map(({ from, to }) => [from, to])).toEqual([
      ['2025-01-02', '2025-01-31'],
      ['2025-01-31', '2025-03-03'],
    ]);
  });

  it('are the collection periods', () => {
    // to the first of the month after, from the first; the day a month before 1 February is 1 January
    expect(accrualPeriods(dealOf('last'), termsOf({ accrual: 'collection period' }), periods)).toEqual([
      { from: '2024-12-01', to: '2025-01-01', regular: { start: '2024-12-01', end: '2025-01-01' } },
      { from: '2025-01-01', to: '2025-02-01', regular: { start: '2025-01-01', end: '2025-02-01' } },
    ]);
  });
});

describe('day fractions', () => {
  it.each<[string, Partial<DayTerms>, bigint[], bigint]>([
    // 10 to 31 January are 21 days, to 28 February 28
    ['ACT/360', { dayCount: 'ACT/360' }, [21n, 28n], 360n],
    ['ACT/365F', { dayCount: 'ACT/365F' }, [21n, 28n], 365n],
    // by 30-day months: 10 to 31 January is 21, 30 January to 28 February is 28
    ['30/360', { dayCount: '30/360' }, [21n, 28n], 360n],
    // 30E/360 ISDA takes the last of February for a 30th, unless that is the termination date
    ['30E/360 ISDA', { dayCount: '30E/360 ISDA' }, [20n, 30n], 360n],
    ['30E/360 ISDA at its end', { dayCount: '30E/360 ISDA', terminationDate: '2025-02-28' }, [20n, 28n], 360n],
    // 2 to 31 January are 29 days, to 3 March 31
    ['adjusted', { accrual: 'adjusted', firstFrom: '2025-01-02' }, [29n, 31n], 360n],
  ])('%s', (_, terms, nums, denominator) => {
    expect(dayFractionsOf(dealOf('last'), termsOf(terms), [...periods])).toEqual({ nums, denominator });
  });

  it('have the denominator of a year of days also where they are whole months', () => {
    // January from the 1st to the 31st … 1 December to 1 January is 30 of 360
    const terms = termsOf({ dayCount: '30/360', accrual: 'collection period' });
    expect(dayFractionsOf(dealOf('last'), terms, periods)).toEqual({ nums: [30n, 30n], denominator: 360n });
  });

  describe('by ACT/ACT ICMA, of a first period that is longer than the others', () => {
    const fractions = (deal: Deal, terms: Partial<DayTerms>, of: Period[]): number[] => {
      const { nums, denominator } = dayFractionsOf(deal, termsOf({ dayCount: 'ACT/ACT ICMA', ...terms }), of);
      return nums.map((num) => Number(num) / Number(denominator));
    };

    it('count notional periods from the payment day', () => {
      // 10 to 30 January are 20 days of the 31 from 30 December on; then a whole period
      expect(fractions(dealOf(30), {}, [periods[1]!])).toEqual([(20 + 31) / (12 * 31)]);
      // the 30th to the 30th, which February does not have, is a whole period
      expect(fractions(dealOf(30), { firstFrom: '2025-01-30' }, [periods[1]!])).toEqual([1 / 12]);
    });

    it('count them from the first of the month for collection periods, and each as written where dates are listed', () => {
      // 15 November to 1 December are 16 days of 30
      const terms: Partial<DayTerms> = { accrual: 'collection period', firstFrom: '2024-11-15' };
      expect(fractions(dealOf(15), terms, [...periods])).toEqual([(16 + 30) / (12 * 30), 1 / 12]);
      // 10 to 28 January are 18 days of the 31 from 28 December on
      expect(fractions(dealOf(30, true), {}, [periods[1]!])).toEqual([(18 + 31) / (12 * 31)]);
    });
  });

  it('are counted once for classes that count alike', () => {
    const terms = termsOf({});
    const deal = dealOf('last');
    expect(dayFractionsOf(deal, { ...terms }, periods)).toBe(dayFractionsOf(deal, terms, periods));
    expect(dayFractionsOf(deal, { ...terms, firstFrom: '2025-01-02' }, periods)).not.toBe(
      dayFractionsOf(deal, terms, periods),
    );
  });
});
