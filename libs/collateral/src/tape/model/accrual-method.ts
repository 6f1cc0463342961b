import { daysInMonth } from '@weir/calendar';

/** How interest is counted: days of the period, equal or true ones, over those of the year. */
export interface AccrualMethod {
  /** A month has 30 days, or its own. */
  readonly month: 30 | 'actual';
  /** A year has so many days, or its own. */
  readonly year: 360 | 365 | 366 | 'actual';
}

/**
 * Interest accrual methods of Schedule AL, Item 2. The others say too little to count by: simple interest (6) leaves the year
 * open and the rule of 78s (7) has no day count; 98 is any other.
 */
const METHODS: Readonly<Record<string, AccrualMethod>> = {
  '1': { month: 30, year: 360 },
  '2': { month: 'actual', year: 365 },
  '3': { month: 'actual', year: 360 },
  '4': { month: 'actual', year: 'actual' },
  '5': { month: 'actual', year: 366 },
};

/** The method that a code says; null of one that does not say how days are counted. */
export const accrualMethod = (code: unknown): AccrualMethod | null =>
  typeof code === 'string' ? (METHODS[code] ?? null) : null;

/** Days of a month's interest over those of its year; the month as YYYY-MM. */
export function accrualDays({ month, year }: AccrualMethod, of: string): { period: number; year: number } {
  const [inYear, inMonth] = [Number(of.slice(0, 4)), Number(of.slice(5, 7))];
  const isLeap = daysInMonth(inYear, 2) === 29;
  return {
    period: month === 30 ? 30 : daysInMonth(inYear, inMonth),
    year: year === 'actual' ? (isLeap ? 366 : 365) : year,
  };
}
