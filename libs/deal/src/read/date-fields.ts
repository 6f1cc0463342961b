import type { Deal, PaymentSchedule } from '../model.js';
import type { Cursor } from '../source/cursor.js';

/** Fields of `dates:` that must be there. */
export const REQUIRED_DATES = ['cutOff', 'closing', 'businessDays', 'calendar', 'recordDate', 'paymentDates'] as const;
/** Fields of `dates:` that have a default, or that a list of payment dates makes needless. */
export const OPTIONAL_DATES = [
  'firstCollectionPeriod',
  'paymentDay',
  'firstCollectionFrom',
  'frequency',
  'paymentMonthsAfter',
  'firstPaymentDate',
  'determinationDate',
] as const;

/** The fields of `dates:`. */
export type DateFields = Record<(typeof REQUIRED_DATES)[number], Cursor> &
  Partial<Record<(typeof OPTIONAL_DATES)[number], Cursor>>;

/** Dates of a deal and when it pays. */
export type Dates = Pick<Deal, 'cutOffDate' | 'closingDate'> & { schedule: PaymentSchedule };
