import { collectedTo, regularPaymentDate, scheduledDate } from '../dates/scheduled-date.js';
import type { DateFields, Dates } from './date-fields.js';

/** Compares only what was read: a date that is missing or faulty stands there with a value that nobody wrote. */
export function checkOrder(dates: Dates, fields: DateFields): void {
  const sound = new Set(Object.entries(fields).flatMap(([name, field]) => (field.isSound ? [name] : [])));
  const read = (...names: (keyof DateFields)[]): boolean => names.every((name) => sound.has(name) || !fields[name]);
  if (read('cutOff', 'closing') && dates.closingDate < dates.cutOffDate)
    fields.closing.error('order', 'closing cannot be before the cut-off date');
  if (!read('firstCollectionPeriod', 'firstCollectionFrom', 'frequency', 'paymentMonthsAfter', 'paymentDay')) return;
  if (!read('paymentDates') || !(dates.schedule.listed || (fields.firstCollectionPeriod && fields.paymentDay))) return;
  checkFirstPeriod(dates, fields, read('cutOff'));
  if (read('firstPaymentDate')) checkFirstPaymentDate(dates, fields);
  if (!read('closing', 'firstPaymentDate')) return;
  const { closingDate, schedule } = dates;
  if (closingDate > collectedTo(schedule, 0)) {
    fields.closing.error('order', 'closing must fall before the end of the first collection period');
  } else if (read('businessDays', 'calendar', 'recordDate', 'determinationDate')) {
    const { recordDate } = scheduledDate(schedule, 0);
    if (recordDate >= closingDate) return;
    const message = `the first record date is ${recordDate}, before closing, when nobody holds notes yet`;
    fields.recordDate.error('order', `${message}; count fewer business days`);
  }
}

/** The first payment date comes after what it pays out was collected, and before the second. */
function checkFirstPaymentDate({ schedule }: Dates, fields: DateFields): void {
  const { firstPaymentDate: first, paymentDates } = schedule;
  if (first === null) return;
  const [end, second] = [collectedTo(schedule, 0), regularPaymentDate(schedule, 1)];
  if (first < end) {
    fields.firstPaymentDate?.error('order', `the first collection period ends only on ${end}`);
  } else if (paymentDates > 1 && first >= second) {
    fields.firstPaymentDate?.error('order', `the second payment date is already ${second}`);
  }
}

function checkFirstPeriod({ cutOffDate, schedule }: Dates, fields: DateFields, withCutOff: boolean): void {
  const { firstFrom, paymentMonthsAfter, paymentDay, listed } = schedule;
  const start = fields.firstCollectionFrom ?? fields.firstCollectionPeriod ?? fields.paymentDates;
  if (firstFrom > collectedTo(schedule, 0)) {
    start.error('order', 'the first collection period must begin before it ends');
  } else if (withCutOff && firstFrom <= cutOffDate) {
    const message =
      "the first collection period must begin after the cut-off date; what came in before is the seller's";
    start.error('order', message);
  }
  if (!listed && paymentMonthsAfter === 0 && paymentDay !== 'last') {
    fields.paymentDay?.error('order', 'this payment date falls before the end of its collection period; use "last"');
  }
}
