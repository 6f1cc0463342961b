import {
  addDays,
  addMonths,
  adjust,
  endOfMonth,
  monthsBetween,
  partsOf,
  type PlainDate,
  withDay,
} from '@weir/calendar';
import type { PaymentSchedule } from '../model.js';
import { dayOfRule } from './day-rule.js';

/**
 * Dates of one payment date. `nominalDate` is the payment date as written, before it was moved to a business day;
 * `regularDate` the payment day of its month, which a first payment date may leave.
 */
export interface ScheduledDate {
  collectionFrom: PlainDate;
  collectionTo: PlainDate;
  recordDate: PlainDate;
  determinationDate: PlainDate | null;
  paymentDate: PlainDate;
  nominalDate: PlainDate;
  regularDate: PlainDate;
}

/** Last day of the month, whatever the day asked for. */
const LAST_DAY = 31;

/** The last day of the collection period that payment date `index` (from 0) pays. */
export function collectedTo(
  { listed, firstCollectionPeriod, monthsPerPeriod }: PaymentSchedule,
  index: number,
): PlainDate {
  const written = listed?.[index];
  return written ? written.collectedTo : endOfMonth(addMonths(`${firstCollectionPeriod}-01`, index * monthsPerPeriod));
}

/** The payment day that payment date `index` (from 0) falls on when nothing else is written. */
export function regularPaymentDate(schedule: PaymentSchedule, index: number): PlainDate {
  const { listed, paymentMonthsAfter, paymentDay } = schedule;
  const written = listed?.[index];
  if (written) return written.date;
  const { year, month } = partsOf(addMonths(`${collectedTo(schedule, index).slice(0, 7)}-01`, paymentMonthsAfter));
  return withDay(year, month, paymentDay === 'last' ? LAST_DAY : paymentDay);
}

/** Payment date `index` (from 0) as written, before it is moved to a business day. */
export function nominalPaymentDate(schedule: PaymentSchedule, index: number): PlainDate {
  return (index === 0 ? schedule.firstPaymentDate : null) ?? regularPaymentDate(schedule, index);
}

/** All dates of payment date `index`, from 0. */
export function scheduledDate(schedule: PaymentSchedule, index: number): ScheduledDate {
  const { businessDays, calendar, recordDate, determinationDate: determination } = schedule;
  const nominalDate = nominalPaymentDate(schedule, index);
  const paymentDate = adjust(nominalDate, businessDays, calendar);
  const determinationDate = determination && dayOfRule(determination, paymentDate, calendar);
  return {
    collectionFrom: index === 0 ? schedule.firstFrom : addDays(collectedTo(schedule, index - 1), 1),
    collectionTo: collectedTo(schedule, index),
    recordDate:
      recordDate.kind === 'determination-date'
        ? (determinationDate ?? paymentDate)
        : dayOfRule(recordDate, paymentDate, calendar),
    determinationDate,
    paymentDate,
    nominalDate,
    regularDate: regularPaymentDate(schedule, index),
  };
}

/** Months that end in the collection period of payment date `index`, from 0. */
export function monthsInPeriod(schedule: PaymentSchedule, index: number): number {
  const { collectionFrom, collectionTo } = scheduledDate(schedule, index);
  // To the month of the day after: the month counts of which the period holds the end.
  const monthOf = (date: PlainDate): PlainDate => `${date.slice(0, 7)}-01`;
  return monthsBetween(monthOf(collectionFrom), monthOf(addDays(collectionTo, 1)));
}

/** Months of every collection period, or null when they differ. */
export function monthsOfPeriods(schedule: PaymentSchedule): number | null {
  const first = monthsInPeriod(schedule, 0);
  const alike = Array.from({ length: schedule.paymentDates }, (_, index) => monthsInPeriod(schedule, index) === first);
  return alike.includes(false) ? null : first;
}
