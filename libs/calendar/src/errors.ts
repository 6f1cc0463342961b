/** A text is not an existing calendar day written YYYY-MM-DD. */
export class DateFormatError extends Error {
  override readonly name = 'DateFormatError';
  constructor(readonly text: string) {
    super(`"${text}" is not a date: write an existing day as YYYY-MM-DD, like 2020-07-15`);
  }
}

/** A text names no business-day calendar, or joins more than three, or one twice. */
export class CalendarNameError extends Error {
  override readonly name = 'CalendarNameError';
  constructor(
    readonly text: string,
    readonly known: readonly string[],
  ) {
    super(`"${text}" is not a calendar: write one of ${known.join(', ')}, or up to three of them joined with "+"`);
  }
}

/** Days over 360 were asked of a convention that does not divide by 360. */
export class DayCountBasisError extends Error {
  override readonly name = 'DayCountBasisError';
  constructor(readonly convention: string) {
    super(`${convention} does not divide by 360: take yearFraction, which gives its numerator and denominator`);
  }
}

/** ACT/ACT ICMA was asked for without the regular period, or without a frequency of whole months. */
export class AccrualContextError extends Error {
  override readonly name = 'AccrualContextError';
  constructor(readonly missing: 'regular-period' | 'frequency') {
    super(
      missing === 'frequency'
        ? 'ACT/ACT ICMA needs the frequency: give 1, 2, 3, 4, 6 or 12 regular periods a year'
        : 'ACT/ACT ICMA needs the regular period: give periodStart and a periodEnd after it',
    );
  }
}

const SCHEDULE_ADVICE = {
  'last-or-count': 'give either the last date or the number of dates',
  'months-per-period': 'give a whole number of months a period, 1 or more',
  day: 'give a day of the month from 1 to 31, or "last"',
  count: 'give 1 to 1,200 dates, with the last date not before the first',
} as const;

/** A schedule of dates was asked for that has none, too many, or no rule. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
  constructor(readonly reason: keyof typeof SCHEDULE_ADVICE) {
    super(`no schedule of dates (${reason}): ${SCHEDULE_ADVICE[reason]}`);
  }
}

const OVERNIGHT_ADVICE = {
  'empty-period': 'give a period that ends after it begins and, shifted, holds a day',
  lockout: 'give a lockout shorter than the business days of the period',
  'business-days': 'give lookback, lockout and fallback as whole business days from 0 to 366',
  decimals: 'give 0 to 12 decimals',
} as const;

/** A rate in arrears was asked for over a period, or with options, that give none. */
export class OvernightPeriodError extends Error {
  override readonly name = 'OvernightPeriodError';
  constructor(readonly reason: keyof typeof OVERNIGHT_ADVICE) {
    super(`no rate in arrears (${reason}): ${OVERNIGHT_ADVICE[reason]}`);
  }
}

/** Daily rates of these business days are needed and neither given nor replaced by the fallback; `dates` ascend. */
export class FixingMissingError extends Error {
  override readonly name = 'FixingMissingError';
  constructor(readonly dates: readonly string[]) {
    super(
      `no rate for ${dates.join(', ')}: add the published rates of these days, or allow a fallback to earlier ones`,
    );
  }
}
