import {
  addDays,
  addMonths,
  adjust,
  businessDaysBefore,
  daysInMonth,
  endOfMonth,
  partsOf,
  type PlainDate,
  withDay,
} from '@weir/calendar';
import type { Deal, PaymentSchedule } from '@weir/deal';

/**
 * Dates of one payment date; `period` counts from 1. `nominalDate` is the payment date as written, before it was moved;
 * `regularDate` the payment day of its month, which a first payment date may leave.
 */
export interface Period {
  period: number;
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

function recordDateOf({ recordDate, calendar }: PaymentSchedule, paymentDate: PlainDate): PlainDate {
  if (recordDate.kind === 'business-days-before') return businessDaysBefore(paymentDate, recordDate.days, calendar);
  const { year, month } = partsOf(addMonths(`${paymentDate.slice(0, 7)}-01`, -1));
  return adjust(withDay(year, month, daysInMonth(year, month)), 'preceding', calendar);
}

/** Every payment date of a deal: collection periods follow each other without a gap. */
export function scheduleOf({ schedule }: Pick<Deal, 'schedule'>): Period[] {
  const { firstCollectionPeriod, firstFrom, monthsPerPeriod, paymentMonthsAfter, businessDays, calendar } = schedule;
  const paymentDay = schedule.paymentDay === 'last' ? LAST_DAY : schedule.paymentDay;
  const lastDayOf = (index: number): PlainDate =>
    endOfMonth(addMonths(`${firstCollectionPeriod}-01`, index * monthsPerPeriod));
  return Array.from({ length: schedule.paymentDates }, (_, index) => {
    const collectionTo = lastDayOf(index);
    const { year, month } = partsOf(addMonths(`${collectionTo.slice(0, 7)}-01`, paymentMonthsAfter));
    const regularDate = withDay(year, month, paymentDay);
    const nominalDate = (index === 0 ? schedule.firstPaymentDate : null) ?? regularDate;
    const paymentDate = adjust(nominalDate, businessDays, calendar);
    const determination = schedule.determinationBusinessDaysBefore;
    return {
      period: index + 1,
      collectionFrom: index === 0 ? firstFrom : addDays(lastDayOf(index - 1), 1),
      collectionTo,
      recordDate: recordDateOf(schedule, paymentDate),
      determinationDate: determination === null ? null : businessDaysBefore(paymentDate, determination, calendar),
      paymentDate,
      nominalDate,
      regularDate,
    };
  });
}
