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
