import { TooManyEvents } from './errors.js';
import { addPeriods, type Moment, type Period } from './moment.js';

/** A period that recurs. A last stretch shorter than the period stays (`short`) or joins the one before it (`long`). */
export interface Cycle extends Period {
  lastPeriod: 'short' | 'long';
}

/** How the dates of a cycle follow from its first: on the same day of the month, or at the end of each month. */
export type EndOfMonthRule = 'same-day' | 'end-of-month';

/** Over a hundred years of days. */
const MOST_DATES = 40_000;

/** A first date and how it recurs; a cycle without a first date begins one cycle after the initial date. */
export interface Recurrence {
  firstDate?: Moment | undefined;
  cycle?: Cycle | undefined;
}

/**
 * The dates from `first` on that come before `end`, each counted from the first, so that a 31st survives February.
 * Without a cycle that is `first` alone. A long last period takes out the last date, unless the cycle meets the end.
 * Source: ACTUS technical specification, "Schedule" and "End Of Month Shift Convention".
 * @throws TooManyEvents
 */
export function cycleDates(first: Moment, cycle: Cycle | undefined, end: Moment, rule: EndOfMonthRule): Moment[] {
  if (!cycle) return first < end ? [first] : [];
  const dates: Moment[] = [];
  let next = first;
  while (next < end) {
    if (dates.length === MOST_DATES) throw new TooManyEvents(MOST_DATES);
    dates.push(next);
    next = addPeriods(first, cycle, dates.length, rule === 'end-of-month');
  }
  if (cycle.lastPeriod === 'long' && next !== end && dates.length > 1) dates.pop();
  return dates;
}

/** First date of a recurrence: its own, or one cycle after the initial date; undefined when it has neither. */
export function firstDateOf(
  { firstDate, cycle }: Recurrence,
  initialDate: Moment,
  rule: EndOfMonthRule,
): Moment | undefined {
  return firstDate ?? (cycle && addPeriods(initialDate, cycle, 1, rule === 'end-of-month'));
}
