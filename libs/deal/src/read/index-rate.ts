import { parseCalendar, parseDate } from '@weir/calendar';
import type { Unit } from '../expression/ast.js';
import { ACCRUALS, INDEX_METHODS, type IndexRate } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { readFlag } from './reading.js';

const BASES = { 'ACT/360': 360, 'ACT/365F': 365 } as const;
const OPTIONAL = [
  'lookback',
  'observationShift',
  'lockout',
  'basis',
  'decimals',
  'fallback',
  'accrual',
  'firstAccrualFrom',
] as const;

/** A rate at its scale has twelve decimals; the percentage two fewer. */
const MOST_DECIMALS = 10;

/** A number of business days, 0 to 60: `5 business days`, or `5`. */
function readBusinessDays(cursor: Cursor | undefined): number {
  if (!cursor) return 0;
  const text = cursor.text();
  const days = Number(/^(\d{1,2})(?: business days?)?$/.exec(text)?.[1] ?? Number.NaN);
  if (days <= 60) return days;
  if (text !== '')
    cursor.error('number', `"${text}" is no number of business days from 0 to 60: write 5 business days`);
  return 0;
}

/** What has no meaning for a rate that is set before the period begins. */
function refuseInArrears(fields: Partial<Record<(typeof OPTIONAL)[number], Cursor>>): void {
  for (const name of ['observationShift', 'lockout', 'basis'] as const) {
    fields[name]?.error(
      'choice',
      `${name} is of rates in arrears; a rate set in advance is one day's rate: leave it out`,
    );
  }
}

/** How an item of unit rate comes about from published rates. */
export function readIndex(cursor: Cursor, unit: Unit): IndexRate {
  if (unit !== 'rate') cursor.error('unit', 'only an item of unit rate or signed rate has an index');
  const fields = cursor.fields(['method', 'calendar'], OPTIONAL);
  const method = fields.method.choice(INDEX_METHODS);
  if (method === 'set in advance') refuseInArrears(fields);
  return {
    method,
    calendar: fields.calendar.parsed((text) => parseCalendar(text.replace(/\s*\+\s*/g, '+')), 'target', 'choice'),
    lookback: readBusinessDays(fields.lookback),
    observationShift: readFlag(fields.observationShift, false),
    lockout: readBusinessDays(fields.lockout),
    basis: BASES[fields.basis?.choice(['ACT/360', 'ACT/365F']) ?? 'ACT/360'],
    decimals: fields.decimals?.integer(0, MOST_DECIMALS) ?? null,
    fallback: readBusinessDays(fields.fallback),
    accrual: fields.accrual?.choice(ACCRUALS) ?? 'adjusted',
    firstAccrualFrom: fields.firstAccrualFrom?.parsed(parseDate, '2000-01-01', 'date') ?? null,
  };
}
