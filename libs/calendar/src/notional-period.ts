import { addMonths, daysInMonth, isEndOfMonth, partsOf, type PlainDate, withDay } from './plain-date.js';

/** A regular period of a class and how it recurs. */
export interface RegularPeriod {
  periodStart: PlainDate;
  periodEnd: PlainDate;
  frequency: RegularFrequency;
  rollDay: number | 'last' | undefined;
}

/** Regular periods a year that are a whole number of months. */
export type RegularFrequency = 1 | 2 | 3 | 4 | 6 | 12;

/** Whether a year holds so many periods of whole months. */
export function isRegularFrequency(frequency: number): frequency is RegularFrequency {
  return [1, 2, 3, 4, 6, 12].includes(frequency);
}

/**
 * The day of the month on which periods that go on from `date` begin. Both ends at a month's end: the month's end. An end
 * cut short by its month (28 February beside 30 August): the other end's day. Otherwise each end goes on with its own.
 */
function rollDayOf(date: PlainDate, other: PlainDate): number | 'last' {
  if (isEndOfMonth(date) && isEndOfMonth(other)) return 'last';
  const [own, others] = [partsOf(date).day, partsOf(other).day];
  return isEndOfMonth(date) ? Math.max(own, others) : own;
}

function roll(date: PlainDate, months: number, day: number | 'last'): PlainDate {
  const { year, month } = partsOf(addMonths(date, months));
  return withDay(year, month, day === 'last' ? daysInMonth(year, month) : day);
}

/**
 * The regular period and its notional neighbours that hold a day from `from` to the day before `to`, in order. Before the
 * regular period they are counted back from its start, after it forward from its end.
 */
export function notionalPeriods(
  regular: RegularPeriod,
  from: PlainDate,
  to: PlainDate,
): { start: PlainDate; end: PlainDate }[] {
  const { periodStart, periodEnd, frequency } = regular;
  const months = 12 / frequency;
  const dayBefore = regular.rollDay ?? rollDayOf(periodStart, periodEnd);
  const dayAfter = regular.rollDay ?? rollDayOf(periodEnd, periodStart);
  const before: PlainDate[] = [];
  for (let start = periodStart; start > from;) {
    start = roll(periodStart, -months * (before.length + 1), dayBefore);
    before.unshift(start);
  }
  const after: PlainDate[] = [];
  for (let end = periodEnd; end < to;) {
    end = roll(periodEnd, months * (after.length + 1), dayAfter);
    after.push(end);
  }
  const edges = [...before, periodStart, periodEnd, ...after];
  return edges
    .slice(1)
    .map((end, index) => ({ start: edges[index] as PlainDate, end }))
    .filter(({ start, end }) => start < to && end > from);
}
