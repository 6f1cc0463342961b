import { addDays, addMonths, CONVENTIONS, parseCalendar, parseDate, partsOf, type PlainDate } from '@weir/calendar';
import { isSeq } from 'yaml';
import { type DayRule, parseDayRule, type RecordDayRule } from '../dates/day-rule.js';
import type { PaymentSchedule } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { type DateFields, type Dates, OPTIONAL_DATES, REQUIRED_DATES } from './date-fields.js';
import { checkOrder } from './date-order.js';
import { readPaymentDates } from './payment-dates.js';

/** Months of a collection period by the frequency of payment. */
const FREQUENCIES = { monthly: 1, quarterly: 3, semiannual: 6, annual: 12 } as const;

const DAY_WORDS =
  'write "1 business day before the payment date" or "15 days before the payment date", with your number, ' +
  '"last day of the month before the payment date", "last business day of the month before the payment date", "payment date"';

function readDay(cursor: Cursor, hint: string): RecordDayRule {
  const text = cursor.text();
  const rule = parseDayRule(text);
  if (!rule && text !== '') cursor.error('choice', `${DAY_WORDS}${hint}`);
  return rule ?? { kind: 'business-days-before', days: 1 };
}

function readRecordDate(cursor: Cursor, determinationDate: DayRule | null): RecordDayRule {
  const rule = readDay(cursor, ' or "determination date"');
  if (rule.kind === 'determination-date' && !determinationDate)
    cursor.error('choice', 'this document has no "determinationDate:"; add it, or count from the payment date');
  return rule;
}

function readDeterminationDate(cursor: Cursor | undefined): DayRule | null {
  if (!cursor) return null;
  const rule = readDay(cursor, '');
  if (rule.kind !== 'determination-date') return rule;
  cursor.error('choice', DAY_WORDS);
  return null;
}

function readMonth(cursor: Cursor): string {
  return cursor.parsed((text) => parseDate(`${text}-01`).slice(0, 7), '2000-01', 'month');
}

function readPaymentDay(cursor: Cursor): number | 'last' {
  return cursor.text() === 'last' ? 'last' : cursor.integer(1, 31);
}

/** What a field says, reported where it is missing and the payment dates are not written one by one. */
function required<T>(block: Cursor, field: Cursor | undefined, name: string, read: (field: Cursor) => T): T | null {
  if (field) return read(field);
  const message = `"${name}" is missing in ${block.path}, or write each date of "paymentDates:" in a list`;
  block.error('missing-field', message);
  return null;
}

/** The first day of the first period, which is as long as all others unless the document says otherwise. */
function readFirstFrom(cursor: Cursor | undefined, otherwise: PlainDate): PlainDate {
  return cursor?.parsed(parseDate, '2000-01-01', 'date') ?? otherwise;
}

type Rule = Pick<
  PaymentSchedule,
  'firstCollectionPeriod' | 'firstFrom' | 'paymentDay' | 'firstPaymentDate' | 'paymentDates' | 'listed'
>;

function readRule(block: Cursor, fields: DateFields, monthsPerPeriod: number): Rule {
  const firstCollectionPeriod =
    required(block, fields.firstCollectionPeriod, 'firstCollectionPeriod', readMonth) ?? '2000-01';
  return {
    firstCollectionPeriod,
    firstFrom: readFirstFrom(fields.firstCollectionFrom, addMonths(`${firstCollectionPeriod}-01`, 1 - monthsPerPeriod)),
    paymentDay: required(block, fields.paymentDay, 'paymentDay', readPaymentDay) ?? 1,
    firstPaymentDate: fields.firstPaymentDate?.parsed(parseDate, '2000-01-01', 'date') ?? null,
    paymentDates: fields.paymentDates.integer(1, 600),
    listed: null,
  };
}

/** What a list of payment dates says; `cutOff` is the day before the first collection period, unless it says otherwise. */
function readListed(fields: DateFields, cutOff: PlainDate, monthsAfter: number): Rule {
  for (const name of ['firstCollectionPeriod', 'paymentDay', 'firstPaymentDate'] as const) {
    fields[name]?.error('unknown-field', `"${name}" does not go with a list of payment dates; the list says it`);
  }
  const listed = readPaymentDates(fields.paymentDates, monthsAfter);
  const [first] = listed;
  return {
    firstCollectionPeriod: (first?.collectedTo ?? cutOff).slice(0, 7),
    firstFrom: readFirstFrom(fields.firstCollectionFrom, addDays(cutOff, 1)),
    paymentDay: partsOf(first?.date ?? cutOff).day,
    firstPaymentDate: null,
    paymentDates: listed.length,
    listed,
  };
}

/** Dates and schedule; dates that cannot follow each other as written are reported. */
export function readDates(cursor: Cursor): Dates {
  const fields = cursor.fields(REQUIRED_DATES, OPTIONAL_DATES);
  const frequencies = Object.keys(FREQUENCIES) as (keyof typeof FREQUENCIES)[];
  const monthsPerPeriod = FREQUENCIES[fields.frequency?.choice(frequencies) ?? 'monthly'];
  const cutOffDate = fields.cutOff.parsed(parseDate, '2000-01-01', 'date');
  const paymentMonthsAfter = fields.paymentMonthsAfter?.integer(0, 12) ?? 1;
  const determinationDate = readDeterminationDate(fields.determinationDate);
  const dates: Dates = {
    cutOffDate,
    closingDate: fields.closing.parsed(parseDate, '2000-01-01', 'date'),
    schedule: {
      ...(isSeq(fields.paymentDates.node)
        ? readListed(fields, cutOffDate, paymentMonthsAfter)
        : readRule(cursor, fields, monthsPerPeriod)),
      monthsPerPeriod,
      paymentMonthsAfter,
      businessDays: fields.businessDays.choice(CONVENTIONS),
      calendar: fields.calendar.parsed((text) => parseCalendar(text.replace(/\s*\+\s*/g, '+')), 'target', 'choice'),
      recordDate: readRecordDate(fields.recordDate, determinationDate),
      determinationDate,
    },
  };
  checkOrder(dates, fields);
  return dates;
}
