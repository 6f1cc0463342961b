import {
  addMonths,
  adjust,
  businessDaysBefore,
  dayCountDays,
  daysInMonth,
  partsOf,
  type PlainDate,
  withDay,
} from '@weir/calendar';
import type { Deal, Tranche } from '@weir/deal';

/** Dates of one payment date; `period` counts from 1. `nominalDate` is the payment day before it was moved. */
export interface Period {
  period: number;
  collectionFrom: PlainDate;
  collectionTo: PlainDate;
  recordDate: PlainDate;
  paymentDate: PlainDate;
  nominalDate: PlainDate;
}

/** Every payment date of a deal. */
export function scheduleOf(deal: Deal): Period[] {
  const { firstCollectionPeriod, paymentDay, businessDays, calendar, recordDateBusinessDaysBefore } = deal.schedule;
  return Array.from({ length: deal.schedule.paymentDates }, (_, index) => {
    const collectionFrom = addMonths(`${firstCollectionPeriod}-01`, index);
    const { year, month } = partsOf(collectionFrom);
    const next = partsOf(addMonths(collectionFrom, 1));
    const nominalDate = withDay(next.year, next.month, paymentDay);
    const paymentDate = adjust(nominalDate, businessDays, calendar);
    return {
      period: index + 1,
      collectionFrom,
      collectionTo: withDay(year, month, daysInMonth(year, month)),
      recordDate: businessDaysBefore(paymentDate, recordDateBusinessDaysBefore, calendar),
      paymentDate,
      nominalDate,
    };
  });
}

/**
 * Coupon × days of each accrual period, at `RATE_SCALE`. A period runs from the previous payment date (closing at
 * first), included, to this one; unadjusted accrual takes the payment days before they were moved.
 */
export function accrualsOf(deal: Deal, tranche: Tranche, periods: readonly Period[]): bigint[] {
  const dates = periods.map((period) => (tranche.accrual === 'adjusted' ? period.paymentDate : period.nominalDate));
  return dates.map((to, index) => {
    const from = index === 0 ? deal.closingDate : (dates[index - 1] as PlainDate);
    return tranche.coupon * BigInt(dayCountDays(tranche.dayCount, from, to));
  });
}
