import {
  adjust,
  type BusinessDayConvention,
  type BusinessDays,
  type Calendar,
  type PlainDate,
  weekdayOf,
} from '@weir/calendar';
import { type Moment, onDay } from './moment.js';

/** Which days count as business days: every day, Monday to Friday, or those of a named calendar. */
export type ContractCalendar = 'every-day' | 'weekdays' | Calendar;

/** How a recurring date that is no business day moves, and whether interest is reckoned to the moved date. */
export interface BusinessDayRule {
  convention: BusinessDayConvention;
  calendar: ContractCalendar;
  /** `moved`: interest runs to the date after it moved. `scheduled`: to the date before it moved. */
  interestTo: 'moved' | 'scheduled';
}

const isWeekday = (date: PlainDate): boolean => weekdayOf(date) % 6 !== 0;

/** The calendar as the calendar library takes it. */
export function businessDaysOf(calendar: ContractCalendar): BusinessDays {
  if (calendar === 'every-day') return () => true;
  return calendar === 'weekdays' ? isWeekday : calendar;
}

/** A date of a cycle: where it was scheduled, when it happens, and up to when interest runs. */
export interface EventDate {
  scheduled: Moment;
  at: Moment;
  interestTo: Moment;
}

/** A date that does not recur and stands as it is written. */
export const fixedDate = (date: Moment): EventDate => ({ scheduled: date, at: date, interestTo: date });

/** A recurring date under the rule; without a rule it stays. */
export function eventDate(date: Moment, rule: BusinessDayRule | undefined): EventDate {
  if (!rule) return fixedDate(date);
  const at = onDay(date, (day) => adjust(day, rule.convention, businessDaysOf(rule.calendar)));
  return { scheduled: date, at, interestTo: rule.interestTo === 'moved' ? at : date };
}

/** Up to when interest was reckoned on the last of some dates that happened before a moment; undefined without one. */
export function reckonedBefore(dates: readonly EventDate[], moment: Moment): Moment | undefined {
  const happened = dates.filter(({ at }) => at < moment).map(({ interestTo }) => interestTo);
  return happened.sort().at(-1);
}
