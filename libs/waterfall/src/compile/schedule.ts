import { type Deal, type ScheduledDate, scheduledDate } from '@weir/deal';

/** Dates of one payment date; `period` counts from 1. */
export interface Period extends ScheduledDate {
  period: number;
}

/** Every payment date of a deal: collection periods follow each other without a gap. */
export function scheduleOf({ schedule }: Pick<Deal, 'schedule'>): Period[] {
  return Array.from({ length: schedule.paymentDates }, (_, index) => ({
    period: index + 1,
    ...scheduledDate(schedule, index),
  }));
}
