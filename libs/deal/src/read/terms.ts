import {
  addMonths,
  adjust,
  businessDaysBefore,
  CALENDARS,
  CONVENTIONS,
  parseDate,
  partsOf,
  type PlainDate,
  withDay,
} from '@weir/calendar';
import { type Deal, type PartyRole, PARTY_ROLES, type Schedule } from '../model.js';
import type { Cursor } from '../source/cursor.js';

/** Name, currency and rounding of the `deal:` block. */
export function readHead(cursor: Cursor): Pick<Deal, 'name' | 'currency' | 'rounding'> {
  const fields = cursor.fields(['name', 'currency', 'rounding']);
  return {
    name: fields.name.text(),
    currency: fields.currency.choice(['USD']),
    rounding: fields.rounding.choice(['half-up', 'down', 'up']),
  };
}

/** Every party by its role. */
export function readParties(cursor: Cursor): Record<PartyRole, string> {
  const fields = cursor.fields(PARTY_ROLES);
  return Object.fromEntries(PARTY_ROLES.map((role) => [role, fields[role].text()])) as Record<PartyRole, string>;
}

function readRecordDate(cursor: Cursor): number {
  const text = cursor.text();
  // On the payment date itself the record date would not be over yet when the vault pays.
  const match = /^([1-9]\d?) business days? before the payment date$/.exec(text);
  if (!match && text !== '') cursor.error('choice', 'write "1 business day before the payment date", with your number');
  return Number(match?.[1] ?? 1);
}

function readMonth(cursor: Cursor): string {
  return cursor.parsed((text) => parseDate(`${text}-01`).slice(0, 7), '2000-01', 'month');
}

function firstRecordDate(schedule: Schedule): PlainDate {
  const { year, month } = partsOf(addMonths(`${schedule.firstCollectionPeriod}-01`, 1));
  const paymentDate = adjust(withDay(year, month, schedule.paymentDay), schedule.businessDays, schedule.calendar);
  return businessDaysBefore(paymentDate, schedule.recordDateBusinessDaysBefore, schedule.calendar);
}

const DATES = [
  'cutOff',
  'closing',
  'firstCollectionPeriod',
  'paymentDay',
  'businessDays',
  'calendar',
  'recordDate',
  'paymentDates',
] as const;

type DateFields = Record<(typeof DATES)[number], Cursor>;
type Dates = Pick<Deal, 'cutOffDate' | 'closingDate'> & { schedule: Schedule };

/** Dates and schedule; a closing after the first collection period or the first record date is reported. */
export function readDates(cursor: Cursor): Dates {
  const fields = cursor.fields(DATES);
  const dates: Dates = {
    cutOffDate: fields.cutOff.parsed(parseDate, '2000-01-01', 'date'),
    closingDate: fields.closing.parsed(parseDate, '2000-01-01', 'date'),
    schedule: {
      firstCollectionPeriod: readMonth(fields.firstCollectionPeriod),
      paymentDay: fields.paymentDay.integer(1, 28),
      businessDays: fields.businessDays.choice(CONVENTIONS),
      calendar: fields.calendar.choice(CALENDARS),
      recordDateBusinessDaysBefore: readRecordDate(fields.recordDate),
      paymentDates: fields.paymentDates.integer(1, 600),
    },
  };
  checkOrder(dates, fields);
  return dates;
}

/** Compares only what was read: a date that is missing or faulty stands there with a value that nobody wrote. */
function checkOrder({ cutOffDate, closingDate, schedule }: Dates, fields: DateFields): void {
  const sound = new Set(DATES.filter((name) => fields[name].isSound));
  const read = (...names: (keyof DateFields)[]): boolean => names.every((name) => sound.has(name));
  if (read('cutOff', 'closing') && closingDate < cutOffDate)
    fields.closing.error('order', 'closing cannot be before the cut-off date');
  if (read('cutOff', 'firstCollectionPeriod') && `${schedule.firstCollectionPeriod}-01` <= cutOffDate) {
    const message =
      "the first collection period must begin after the cut-off date; what came in before is the seller's";
    fields.firstCollectionPeriod.error('order', message);
  }
  if (!read('closing', 'firstCollectionPeriod')) return;
  if (closingDate.slice(0, 7) > schedule.firstCollectionPeriod) {
    fields.closing.error('order', 'closing must fall before the end of the first collection period');
  } else if (read('paymentDay', 'businessDays', 'calendar', 'recordDate') && firstRecordDate(schedule) < closingDate) {
    const message = `the first record date is ${firstRecordDate(schedule)}, before closing, when nobody holds notes yet`;
    fields.recordDate.error('order', `${message}; count fewer business days`);
  }
}
