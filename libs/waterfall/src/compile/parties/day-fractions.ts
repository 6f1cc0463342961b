import {
  addDays,
  addMonths,
  endOfMonth,
  isDayCount360,
  partsOf,
  type PlainDate,
  withDay,
  yearFraction,
} from '@weir/calendar';
import type { Accrual, Deal } from '@weir/deal';
import type { DayCount } from '@weir/calendar';
import type { Period } from '../schedule.js';

/** How days count for a class, or for a leg of a hedge. */
export interface DayTerms {
  dayCount: DayCount;
  accrual: Accrual;
  /** First day of the first accrual period when it is not the closing date, or the first collection period's first. */
  firstFrom: PlainDate | null;
  /** Legal final, for `30E/360 ISDA`. */
  terminationDate: PlainDate | null;
}

/** Fractions of a year of each accrual period: numerators over one common denominator, exact. */
export interface DayFractions {
  nums: bigint[];
  denominator: bigint;
}

/** An accrual period, `from` included and `to` excluded. */
export interface AccrualPeriod {
  from: PlainDate;
  to: PlainDate;
  /** First day of the regular period and the day after it. */
  regular: { start: PlainDate; end: PlainDate };
}

/** First day of the first regular period: a payment day that the month of its end is too short for is whole again. */
function regularStart(
  { monthsPerPeriod, paymentDay, listed }: Deal['schedule'],
  byCollection: boolean,
  end: PlainDate,
): PlainDate {
  const before = addMonths(end, -monthsPerPeriod);
  if (byCollection || listed) return before;
  if (paymentDay === 'last') return endOfMonth(before);
  const { year, month } = partsOf(before);
  return withDay(year, month, paymentDay);
}

/**
 * The accrual period that ends with each payment date. It runs from the end of the last one (closing, or `firstFrom`, at
 * first) to this one's: the payment date as moved or as written, or the end of the collection period.
 */
export function accrualPeriods(
  deal: Pick<Deal, 'schedule' | 'closingDate'>,
  terms: Pick<DayTerms, 'accrual' | 'firstFrom'>,
  periods: readonly Period[],
): AccrualPeriod[] {
  const byCollection = terms.accrual === 'collection period';
  const ends = periods.map(({ paymentDate, nominalDate, regularDate, collectionTo }) => {
    if (byCollection) return { to: addDays(collectionTo, 1), end: addDays(collectionTo, 1) };
    return { to: terms.accrual === 'adjusted' ? paymentDate : nominalDate, end: regularDate };
  });
  const first = terms.firstFrom ?? (byCollection ? deal.schedule.firstFrom : deal.closingDate);
  return ends.map(({ to, end }, index) => {
    const before = ends[index - 1];
    const start = before?.end ?? regularStart(deal.schedule, byCollection, end);
    return { from: before?.to ?? first, to, regular: { start, end } };
  });
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

const known = new WeakMap<readonly Period[], Map<string, DayFractions>>();

/** The day fractions of every payment date; classes that count alike share them. */
export function dayFractionsOf(deal: Deal, terms: DayTerms, periods: readonly Period[]): DayFractions {
  const key = [terms.dayCount, terms.accrual, terms.firstFrom, terms.terminationDate].join();
  const ofSchedule = known.get(periods) ?? new Map<string, DayFractions>();
  known.set(periods, ofSchedule);
  const fractions = ofSchedule.get(key) ?? computeFractions(deal, terms, periods);
  ofSchedule.set(key, fractions);
  return fractions;
}

/** The day fractions of every payment date, of its accrual period. */
function computeFractions(deal: Deal, terms: DayTerms, periods: readonly Period[]): DayFractions {
  const { monthsPerPeriod, paymentDay, listed } = deal.schedule;
  // Dates that are written one by one roll on no day: each regular period begins where the one before ended.
  const rollDay = listed || terms.accrual === 'collection period' ? {} : { rollDay: paymentDay };
  const fractions = accrualPeriods(deal, terms, periods).map(({ from, to, regular }) =>
    yearFraction(terms.dayCount, from, to, {
      periodStart: regular.start,
      periodEnd: regular.end,
      frequency: 12 / monthsPerPeriod,
      ...rollDay,
      ...(terms.terminationDate === null ? {} : { terminationDate: terms.terminationDate }),
    }),
  );
  const fixed = isDayCount360(terms.dayCount) ? 360n : terms.dayCount === 'ACT/365F' ? 365n : 1n;
  const denominator = fractions.reduce((common, { den }) => (common / gcd(common, den)) * den, fixed);
  return { nums: fractions.map(({ num, den }) => num * (denominator / den)), denominator };
}
