import { type Calendar, isBusinessDay } from '../business-calendar.js';
import { adjust, businessDaysBefore } from '../business-day.js';
import { FixingMissingError, OvernightPeriodError } from '../errors.js';
import { addDays, daysBetween, type PlainDate } from '../plain-date.js';

/** Daily rates by the business day they are for (not the day they are published on), at `RATE_SCALE`. */
export type Fixings = ReadonlyMap<PlainDate, bigint>;

/** How the days of an interest period are matched with the days whose rates they bear. */
export interface ObservationOptions {
  /** Business days of the rate: `us-government-securities` for SOFR, `london` for SONIA, `target` for €STR. */
  calendar: Calendar;
  /** Business days between a day and the earlier day whose rate it bears; default 0. */
  lookback?: number;
  /** The weights are those of the earlier days too (observation shift), not those of the interest period; default false. */
  observationShift?: boolean;
  /** The last so many business days of the period bear the rate of the business day before them; default 0. */
  lockout?: number;
  /** A rate that is missing is replaced by the last one at most so many business days before it; default 0. */
  fallback?: number;
}

/** A run of days, `from` included and `to` excluded, that bears one rate. */
export interface Observation {
  from: PlainDate;
  to: PlainDate;
  days: number;
  /** The business day whose rate is asked for. */
  observed: PlainDate;
  /** The business day whose rate is borne: `observed`, or an earlier one by the fallback. */
  fixed: PlainDate;
  rate: bigint;
}

/** A business day and the days up to the next, as a run; the first run may begin on a day that is none. */
function runsOf(from: PlainDate, to: PlainDate, calendar: Calendar): { from: PlainDate; to: PlainDate }[] {
  const runs: { from: PlainDate; to: PlainDate }[] = [];
  for (let start = from; start < to;) {
    let end = addDays(start, 1);
    while (end < to && !isBusinessDay(end, calendar)) end = addDays(end, 1);
    runs.push({ from: start, to: end });
    start = end;
  }
  return runs;
}

function fixedOn(fixings: Fixings, observed: PlainDate, fallback: number, calendar: Calendar): PlainDate | null {
  let day = observed;
  for (let back = 0; back <= fallback; back++) {
    if (fixings.has(day)) return day;
    day = businessDaysBefore(day, 1, calendar);
  }
  return null;
}

function checkedCount(value: number | undefined): number {
  if (value === undefined) return 0;
  if (!Number.isInteger(value) || value < 0 || value > 366) throw new OvernightPeriodError('business-days');
  return value;
}

/**
 * The runs of days of an interest period, `from` included and `to` excluded, each with the rate it bears: a business day's
 * rate holds until the next business day. With an observation shift these are the days of the observation period. A
 * period that begins on a day that is no business day begins with the rate of the business day before.
 * Source: ARRC, technical appendices to the SOFR conventions for syndicated business loans (2020); ISDA 2021 Definitions,
 * overnight rate compounding with lookback, observation period shift and lockout.
 * @throws OvernightPeriodError, and FixingMissingError that lists every missing day.
 */
export function observationsOf(
  fixings: Fixings,
  from: PlainDate,
  to: PlainDate,
  options: ObservationOptions,
): Observation[] {
  const { calendar, observationShift = false } = options;
  const [lookback, lockout, fallback] = [options.lookback, options.lockout, options.fallback].map(checkedCount) as [
    number,
    number,
    number,
  ];
  const shift = observationShift ? lookback : 0;
  const period = [from, to].map((date) => businessDaysBefore(date, shift, calendar)) as [PlainDate, PlainDate];
  const runs = runsOf(...period, calendar);
  if (runs.length === 0) throw new OvernightPeriodError('empty-period');
  if (lockout >= runs.length) throw new OvernightPeriodError('lockout');
  const observations = runs.map((run, index) => {
    const bearer = runs[Math.min(index, runs.length - 1 - lockout)] ?? run;
    const observed = businessDaysBefore(
      adjust(bearer.from, 'preceding', calendar),
      observationShift ? 0 : lookback,
      calendar,
    );
    return { ...run, days: daysBetween(run.from, run.to), observed };
  });
  return withRates(observations, fixings, fallback, calendar);
}

function withRates(
  observations: readonly Omit<Observation, 'fixed' | 'rate'>[],
  fixings: Fixings,
  fallback: number,
  calendar: Calendar,
): Observation[] {
  const missing = new Set<PlainDate>();
  const found: Observation[] = [];
  for (const observation of observations) {
    const fixed = fixedOn(fixings, observation.observed, fallback, calendar);
    const rate = fixed === null ? undefined : fixings.get(fixed);
    if (fixed === null || rate === undefined) missing.add(observation.observed);
    else found.push({ ...observation, fixed, rate });
  }
  if (missing.size > 0) throw new FixingMissingError([...missing].sort());
  return found;
}
