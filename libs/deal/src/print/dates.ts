import type { Deal, PaymentSchedule } from '../model.js';
import { type Fields, given } from './fields.js';

const FREQUENCIES: Readonly<Record<number, string>> = { 1: 'monthly', 3: 'quarterly', 6: 'semiannual', 12: 'annual' };

function daysBefore(days: number): string {
  return `${days} business day${days === 1 ? '' : 's'} before the payment date`;
}

function recordDateOf({ recordDate }: PaymentSchedule): string {
  if (recordDate.kind === 'business-days-before') return daysBefore(recordDate.days);
  return 'last business day of the month before the payment date';
}

/** The `dates:` block, with everything that has a default written out. */
export function datesOf({ cutOffDate, closingDate, schedule }: Deal): Fields {
  const determination = schedule.determinationBusinessDaysBefore;
  return given({
    cutOff: cutOffDate,
    closing: closingDate,
    firstCollectionPeriod: schedule.firstCollectionPeriod,
    firstCollectionFrom: schedule.firstFrom,
    frequency: FREQUENCIES[schedule.monthsPerPeriod],
    paymentMonthsAfter: String(schedule.paymentMonthsAfter),
    paymentDay: String(schedule.paymentDay),
    firstPaymentDate: schedule.firstPaymentDate,
    businessDays: schedule.businessDays,
    calendar: schedule.calendar,
    recordDate: recordDateOf(schedule),
    determinationDate: determination === null ? null : daysBefore(determination),
    paymentDates: String(schedule.paymentDates),
  });
}
