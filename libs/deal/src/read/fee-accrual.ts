import { DAY_COUNTS_360, type DayCount, parseDate } from '@weir/calendar';
import type { Expression, Formula } from '../expression/ast.js';
import { rational } from '../expression/rational.js';
import { ACCRUALS, type FeeAccrual } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import type { Reading } from './reading.js';

/** Day counts whose year has a fixed number of days. */
const FEE_DAY_COUNTS = [...DAY_COUNTS_360, 'ACT/365F'] as const satisfies readonly DayCount[];

/** Fields that say how a rate accrues. */
export const ACCRUAL_FIELDS = ['dayCount', 'accrual', 'firstAccrualFrom'] as const;
export type AccrualFields = Partial<Record<(typeof ACCRUAL_FIELDS)[number], Cursor>>;

type Terms = Pick<FeeAccrual, 'dayCount' | 'accrual' | 'firstAccrualFrom'>;

/** By months where no day count is written; then the days between payment dates as moved, from closing at first. */
export function readAccrualTerms({ dayCount, accrual, firstAccrualFrom }: AccrualFields): Terms {
  if (!dayCount) {
    const message = 'without "dayCount:" a rate counts months; write one, or leave this out';
    for (const field of [accrual, firstAccrualFrom]) field?.error('unknown-field', message);
  }
  return {
    dayCount: dayCount?.choice(FEE_DAY_COUNTS) ?? null,
    accrual: accrual?.choice(ACCRUALS) ?? 'adjusted',
    firstAccrualFrom: firstAccrualFrom?.parsed(parseDate, '2000-01-01', 'date') ?? null,
  };
}

/** What the yearly amount is multiplied by: the name or number of the months or days of a period. */
function partOf(
  fee: string,
  { dayCount, accrual, firstAccrualFrom }: Terms,
  { monthsInPeriod }: Reading,
): string | number {
  if (dayCount === null) return monthsInPeriod ?? 'monthsInPeriod';
  const actual = dayCount === 'ACT/360' || dayCount === 'ACT/365F';
  return actual && accrual === 'adjusted' && firstAccrualFrom === null ? 'daysInPeriod' : `${fee}.days`;
}

/** rate × of × months ÷ 12, or × days ÷ the days of a year: one product and so one rounding. Defines FEE.days. */
export function accruedFormula(
  fee: string,
  rate: Formula,
  of: Pick<Formula, 'text' | 'expression'>,
  terms: Terms,
  reading: Reading,
): Formula {
  const { at } = rate.expression;
  const number = (value: number): Expression => ({ kind: 'number', value: rational(BigInt(value)), unit: 'ratio', at });
  const part = partOf(fee, terms, reading);
  const year = terms.dayCount === null ? 12 : terms.dayCount === 'ACT/365F' ? 365 : 360;
  if (terms.dayCount !== null) reading.names.define(`${fee}.days`, { unit: 'ratio' });
  const yearly: Expression = { kind: 'binary', op: '*', left: rate.expression, right: of.expression, at };
  const right: Expression = typeof part === 'number' ? number(part) : { kind: 'name', name: part, at };
  const parts: Expression = { kind: 'binary', op: '*', left: yearly, right, at };
  return {
    ...rate,
    // As the formula of the amount would be written.
    text: `(${rate.text}) * (${of.text}) * ${part} / ${year}`,
    unit: 'money',
    expression: { kind: 'binary', op: '/', left: parts, right: number(year), at },
  };
}
