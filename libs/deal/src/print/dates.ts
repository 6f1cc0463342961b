import type { Deal, PaymentSchedule } from '../model.js';
import { printDayRule } from '../dates/day-rule.js';
import { type Fields, given, type Value } from './fields.js';

const FREQUENCIES: Readonly<Record<number, string>> = { 1: 'monthly', 3: 'quarterly', 6: 'semiannual', 12: 'annual' };

/** How many payment dates there are, or each of them. */
function paymentDatesOf({ paymentDates, listed }: PaymentSchedule): Value {
  return listed?.map(({ date, collectedTo }) => ({ date, collectedTo })) ?? String(paymentDates);
}

/** The `dates:` block, with everything that has a default written out. */
export function datesOf({ cutOffDate, closingDate, schedule }: Deal): Fields {
  const { determinationDate, listed } = schedule;
  return given({
    cutOff: cutOffDate,
    closing: closingDate,
    firstCollectionPeriod: listed ? null : schedule.firstCollectionPeriod,
    firstCollectionFrom: schedule.firstFrom,
    frequency: FREQUENCIES[schedule.monthsPerPeriod],
    paymentMonthsAfter: String(schedule.paymentMonthsAfter),
    paymentDay: listed ? null : String(schedule.paymentDay),
    firstPaymentDate: schedule.firstPaymentDate,
    businessDays: schedule.businessDays,
    calendar: schedule.calendar,
    recordDate: printDayRule(schedule.recordDate),
    determinationDate: determinationDate && printDayRule(determinationDate),
    paymentDates: paymentDatesOf(schedule),
  });
}
