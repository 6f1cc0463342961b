import { addMonths, adjust, businessDaysBefore, partsOf, type PlainDate, withDay } from '@weir/calendar';
import type { PaymentSchedule } from '../model.js';
import type { DateFields, Dates } from './date-fields.js';

/** The payment day that a payment date (from 0) falls on, before it is moved to a business day. */
function paymentDayOf(schedule: PaymentSchedule, index: number): PlainDate {
  const months = schedule.paymentMonthsAfter + index * schedule.monthsPerPeriod;
  const { year, month } = partsOf(addMonths(`${schedule.firstCollectionPeriod}-01`, months));
  return withDay(year, month, schedule.paymentDay === 'last' ? 31 : schedule.paymentDay);
}

function firstPaymentDate(schedule: PaymentSchedule): PlainDate {
  return adjust(schedule.firstPaymentDate ?? paymentDayOf(schedule, 0), schedule.businessDays, schedule.calendar);
}

function firstRecordDate(schedule: PaymentSchedule): PlainDate {
  const { recordDate, calendar } = schedule;
  const paymentDate = firstPaymentDate(schedule);
  if (recordDate.kind === 'business-days-before') return businessDaysBefore(paymentDate, recordDate.days, calendar);
  const { year, month } = partsOf(addMonths(`${paymentDate.slice(0, 7)}-01`, -1));
  return adjust(withDay(year, month, 31), 'preceding', calendar);
}

function endOfPeriod({ firstCollectionPeriod }: PaymentSchedule): PlainDate {
  const { year, month } = partsOf(`${firstCollectionPeriod}-01`);
  return withDay(year, month, 31);
}

/** Compares only what was read: a date that is missing or faulty stands there with a value that nobody wrote. */
export function checkOrder(dates: Dates, fields: DateFields): void {
  const sound = new Set(Object.entries(fields).flatMap(([name, field]) => (field.isSound ? [name] : [])));
  const read = (...names: (keyof DateFields)[]): boolean => names.every((name) => sound.has(name) || !fields[name]);
  if (read('cutOff', 'closing') && dates.closingDate < dates.cutOffDate)
    fields.closing.error('order', 'closing cannot be before the cut-off date');
  if (!read('firstCollectionPeriod', 'firstCollectionFrom', 'frequency', 'paymentMonthsAfter', 'paymentDay')) return;
  checkFirstPeriod(dates, fields, read('cutOff'));
  if (read('firstPaymentDate')) checkFirstPaymentDate(dates, fields);
  if (!read('closing', 'firstPaymentDate')) return;
  const { closingDate, schedule } = dates;
  if (closingDate > endOfPeriod(schedule)) {
    fields.closing.error('order', 'closing must fall before the end of the first collection period');
  } else if (read('businessDays', 'calendar', 'recordDate') && firstRecordDate(schedule) < closingDate) {
    const message = `the first record date is ${firstRecordDate(schedule)}, before closing, when nobody holds notes yet`;
    fields.recordDate.error('order', `${message}; count fewer business days`);
  }
}

/** The first payment date comes after what it pays out was collected, and before the second. */
function checkFirstPaymentDate({ schedule }: Dates, fields: DateFields): void {
  const { firstPaymentDate: first, paymentDates } = schedule;
  if (first === null) return;
  const [end, second] = [endOfPeriod(schedule), paymentDayOf(schedule, 1)];
  if (first < end) {
    fields.firstPaymentDate?.error('order', `the first collection period ends only on ${end}`);
  } else if (paymentDates > 1 && first >= second) {
    fields.firstPaymentDate?.error('order', `the second payment date is already ${second}`);
  }
}

function checkFirstPeriod({ cutOffDate, schedule }: Dates, fields: DateFields, withCutOff: boolean): void {
  const { firstFrom, paymentMonthsAfter, paymentDay } = schedule;
  const start = fields.firstCollectionFrom ?? fields.firstCollectionPeriod;
  if (firstFrom > endOfPeriod(schedule)) {
    start.error('order', 'the first collection period must begin before it ends');
  } else if (withCutOff && firstFrom <= cutOffDate) {
    const message =
      "the first collection period must begin after the cut-off date; what came in before is the seller's";
    start.error('order', message);
  }
  if (paymentMonthsAfter === 0 && paymentDay !== 'last') {
    fields.paymentDay.error('order', 'this payment date falls before the end of its collection period; use "last"');
  }
}
