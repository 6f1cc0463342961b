import { type DayCount, dayCountDays } from './day-count.js';
import { AccrualContextError } from './errors.js';
import { type Fraction, fraction, sumOf } from './fraction.js';
import { isRegularFrequency, notionalPeriods } from './notional-period.js';
import { daysBetween, isLeapYear, partsOf, type PlainDate, withDay } from './plain-date.js';

/** What a convention needs beside the accrual period; without need it is not read. */
export interface AccrualContext {
  /** `ACT/ACT ICMA`: first day of the regular period that ends, or holds, or starts beside, the accrual period. */
  periodStart?: PlainDate;
  /** `ACT/ACT ICMA`: the day after the regular period, the first day of the next. */
  periodEnd?: PlainDate;
  /** `ACT/ACT ICMA`: regular periods a year: 1, 2, 3, 4, 6 or 12. */
  frequency?: number;
  /** `ACT/ACT ICMA`: day of the month on which notional periods begin; by default read off the regular period. */
  rollDay?: number | 'last';
  /** `30E/360 ISDA`: the class's legal final. */
  terminationDate?: PlainDate;
}

const daysOfYear = (year: number): bigint => (isLeapYear(year) ? 366n : 365n);

/** Days in leap years over 366 and other days over 365: ISDA 2006 section 4.16(b). */
function actualIsda(from: PlainDate, to: PlainDate): Fraction {
  const [first, last] = [partsOf(from).year, partsOf(to).year];
  if (first === last) return fraction(BigInt(daysBetween(from, to)), daysOfYear(first));
  const head = BigInt(daysBetween(from, withDay(first + 1, 1, 1)));
  const tail = BigInt(daysBetween(withDay(last, 1, 1), to));
  return sumOf([
    fraction(head, daysOfYear(first)),
    fraction(BigInt(last - first - 1), 1n),
    fraction(tail, daysOfYear(last)),
  ]);
}

/**
 * Days of the accrual period in each notional period over that period's days times the frequency. Rule 251 of the
 * International Capital Market Association; for long and short periods as in ISDA's paper "EMU and market conventions:
 * recent developments" (1999).
 */
function actualIcma(from: PlainDate, to: PlainDate, context: AccrualContext): Fraction {
  const { periodStart, periodEnd, frequency, rollDay } = context;
  if (periodStart === undefined || periodEnd === undefined) throw new AccrualContextError('regular-period');
  if (daysBetween(periodStart, periodEnd) <= 0) throw new AccrualContextError('regular-period');
  if (frequency === undefined || !isRegularFrequency(frequency)) throw new AccrualContextError('frequency');
  const periods = notionalPeriods({ periodStart, periodEnd, frequency, rollDay }, from, to);
  return sumOf(
    periods.map(({ start, end }) => {
      const days = daysBetween(from > start ? from : start, to < end ? to : end);
      return fraction(BigInt(days), BigInt(frequency * daysBetween(start, end)));
    }),
  );
}

/**
 * The accrual period as a fraction of a year, exact and in lowest terms, `den` above zero; first day included, last
 * excluded. A period that ends before it begins has the negative fraction of the period turned round. Nothing is
 * rounded: interest is balance × rate × num ÷ den with the caller's one rounding.
 * - The conventions of `dayCountDays`: those days over 360.
 * - `ACT/365F`: actual days over 365, ISDA 2006 section 4.16(d).
 * - `ACT/ACT ISDA`: section 4.16(b). `ACT/ACT ICMA`: section 4.16(c), which needs the regular period and its frequency.
 * @throws DateFormatError, and AccrualContextError when `ACT/ACT ICMA` has no regular period or frequency.
 */
export function yearFraction(
  convention: DayCount,
  from: PlainDate,
  to: PlainDate,
  context: AccrualContext = {},
): Fraction {
  if (daysBetween(from, to) < 0) {
    const { num, den } = yearFraction(convention, to, from, context);
    return { num: -num, den };
  }
  switch (convention) {
    case 'ACT/365F':
      return fraction(BigInt(daysBetween(from, to)), 365n);
    case 'ACT/ACT ISDA':
      return actualIsda(from, to);
    case 'ACT/ACT ICMA':
      return actualIcma(from, to, context);
    default:
      return fraction(BigInt(dayCountDays(convention, from, to, context.terminationDate)), 360n);
  }
}
