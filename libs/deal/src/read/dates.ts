import { addMonths, CONVENTIONS, parseCalendar, parseDate, type PlainDate } from '@weir/calendar';
import type { PaymentSchedule } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { type Dates, OPTIONAL_DATES, REQUIRED_DATES } from './date-fields.js';
import { checkOrder } from './date-order.js';

/** Months of a collection period by the frequency of payment. */
const FREQUENCIES = { monthly: 1, quarterly: 3, semiannual: 6, annual: 12 } as const;

const DAYS_BEFORE = /^([1-9]\d?) business days? before the payment date$/;
const LAST_OF_MONTH_BEFORE = 'last business day of the month before the payment date';

function readRecordDate(cursor: Cursor): PaymentSchedule['recordDate'] {
  const text = cursor.text();
  if (text === LAST_OF_MONTH_BEFORE) return { kind: 'last-business-day-of-month-before' };
  // On the payment date itself the record date would not be over yet when the vault pays.
  const days = DAYS_BEFORE.exec(text)?.[1];
  if (days === undefined && text !== '') {
    cursor.error(
      'choice',
      `write "1 business day before the payment date", with your number, or "${LAST_OF_MONTH_BEFORE}"`,
    );
  }
  return { kind: 'business-days-before', days: Number(days ?? 1) };
}

function readDeterminationDate(cursor: Cursor | undefined): number | null {
  if (!cursor) return null;
  const text = cursor.text();
  const days = DAYS_BEFORE.exec(text)?.[1];
  if (days === undefined && text !== '')
    cursor.error('choice', 'write "2 business days before the payment date", with your number');
  return Number(days ?? 1);
}

function readMonth(cursor: Cursor): string {
  return cursor.parsed((text) => parseDate(`${text}-01`).slice(0, 7), '2000-01', 'month');
}

function readPaymentDay(cursor: Cursor): number | 'last' {
  return cursor.text() === 'last' ? 'last' : cursor.integer(1, 31);
}

/** The first day of the first period, which is as long as all others unless the document says otherwise. */
function readFirstFrom(cursor: Cursor | undefined, firstPeriod: string, months: number): PlainDate {
  if (cursor) return cursor.parsed(parseDate, '2000-01-01', 'date');
  return addMonths(`${firstPeriod}-01`, 1 - months);
}

/** Dates and schedule; dates that cannot follow each other as written are reported. */
export function readDates(cursor: Cursor): Dates {
  const fields = cursor.fields(REQUIRED_DATES, OPTIONAL_DATES);
  const frequencies = Object.keys(FREQUENCIES) as (keyof typeof FREQUENCIES)[];
  const monthsPerPeriod = FREQUENCIES[fields.frequency?.choice(frequencies) ?? 'monthly'];
  const firstCollectionPeriod = readMonth(fields.firstCollectionPeriod);
  const dates: Dates = {
    cutOffDate: fields.cutOff.parsed(parseDate, '2000-01-01', 'date'),
    closingDate: fields.closing.parsed(parseDate, '2000-01-01', 'date'),
    schedule: {
      firstCollectionPeriod,
      firstFrom: readFirstFrom(fields.firstCollectionFrom, firstCollectionPeriod, monthsPerPeriod),
      monthsPerPeriod,
      paymentMonthsAfter: fields.paymentMonthsAfter?.integer(0, 12) ?? 1,
      paymentDay: readPaymentDay(fields.paymentDay),
      firstPaymentDate: fields.firstPaymentDate?.parsed(parseDate, '2000-01-01', 'date') ?? null,
      businessDays: fields.businessDays.choice(CONVENTIONS),
      calendar: fields.calendar.parsed((text) => parseCalendar(text.replace(/\s*\+\s*/g, '+')), 'target', 'choice'),
      recordDate: readRecordDate(fields.recordDate),
      determinationBusinessDaysBefore: readDeterminationDate(fields.determinationDate),
      paymentDates: fields.paymentDates.integer(1, 600),
    },
  };
  checkOrder(dates, fields);
  return dates;
}
