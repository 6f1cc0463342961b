import {
  addDays,
  addMonths,
  adjust,
  businessDaysBefore,
  type Calendar,
  endOfMonth,
  type PlainDate,
} from '@weir/calendar';

/** A day told by the payment date; `days` is at least 1, and business days are those of the deal's calendar. */
export type DayRule =
  | { kind: 'business-days-before' | 'days-before'; days: number }
  | { kind: 'last-business-day-of-month-before' | 'last-day-of-month-before' }
  | { kind: 'payment-date' };

/** A day told by the payment date, or the determination date. */
export type RecordDayRule = DayRule | { kind: 'determination-date' };

const DAYS_BEFORE = /^([1-9]\d?) (business |calendar )?days? before the payment date$/;

/** Days that are written without a number. */
const WORDS = {
  'last-business-day-of-month-before': 'last business day of the month before the payment date',
  'last-day-of-month-before': 'last day of the month before the payment date',
  'payment-date': 'payment date',
  'determination-date': 'determination date',
} as const;

/** The rule as the document writes it, or null when it is none. */
export function parseDayRule(text: string): RecordDayRule | null {
  const [, days, kind] = DAYS_BEFORE.exec(text) ?? [];
  if (days !== undefined) {
    return { kind: kind === 'business ' ? 'business-days-before' : 'days-before', days: Number(days) };
  }
  const found = Object.entries(WORDS).find(([, words]) => words === text);
  return found ? { kind: found[0] as keyof typeof WORDS } : null;
}

/** The inverse of `parseDayRule`. */
export function printDayRule(rule: RecordDayRule): string {
  if (!('days' in rule)) return WORDS[rule.kind];
  const business = rule.kind === 'business-days-before' ? 'business ' : '';
  return `${rule.days} ${business}day${rule.days === 1 ? '' : 's'} before the payment date`;
}

/** The day of a rule; `paymentDate` as moved to a business day. */
export function dayOfRule(rule: DayRule, paymentDate: PlainDate, calendar: Calendar): PlainDate {
  const endOfMonthBefore = (): PlainDate => endOfMonth(addMonths(`${paymentDate.slice(0, 7)}-01`, -1));
  switch (rule.kind) {
    case 'business-days-before':
      return businessDaysBefore(paymentDate, rule.days, calendar);
    case 'days-before':
      return addDays(paymentDate, -rule.days);
    case 'last-business-day-of-month-before':
      return adjust(endOfMonthBefore(), 'preceding', calendar);
    case 'last-day-of-month-before':
      return endOfMonthBefore();
    case 'payment-date':
      return paymentDate;
  }
}
