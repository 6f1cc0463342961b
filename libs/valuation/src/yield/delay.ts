import { addDays, type PlainDate } from '@weir/calendar';

/**
 * Payment dates of a security that pays so many days after its accrual periods have ended: the period of January ends
 * on 1 February, and with an actual delay of 24 days (a stated delay of 54) its payment comes on 25 February.
 * `periodEnds` are the days after the last day of each accrual period.
 */
export function delayedDates(periodEnds: readonly PlainDate[], delayDays: number): PlainDate[] {
  return periodEnds.map((end) => addDays(end, delayDays));
}
