import type { DayCount } from '@weir/calendar';
import type { Expression, Formula } from '../expression/ast.js';
import { rational } from '../expression/rational.js';
import type { Fee } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { unknownFormula } from './formula.js';
import { formulaOf, optionalFormula, readFlag, type Reading, readParty, refuseLastPayee } from './reading.js';

/** Day counts whose fraction of a year follows from the number of days alone. */
const FEE_DAY_COUNTS = ['ACT/360', 'ACT/365F'] as const satisfies readonly DayCount[];

type FeeFields = Partial<Record<'amount' | 'rate' | 'of' | 'dayCount', Cursor>>;

/** Days of a year, by which the days of a period are divided. */
const YEAR_DAYS: Record<(typeof FEE_DAY_COUNTS)[number], number> = { 'ACT/360': 360, 'ACT/365F': 365 };

/** rate × of × months ÷ 12, or × days ÷ the days of a year: one product and so one rounding. */
function rateAmount(rate: Cursor, of: Cursor, dayCount: Cursor | undefined, reading: Reading): Formula {
  const [a, b] = [formulaOf(rate, reading, 'rate'), formulaOf(of, reading, 'money')];
  const { at } = a.expression;
  const number = (value: number): Expression => ({ kind: 'number', value: rational(BigInt(value)), unit: 'ratio', at });
  const { monthsPerPeriod } = reading;
  const part: Expression = dayCount ? { kind: 'name', name: 'daysInPeriod', at } : number(monthsPerPeriod);
  const year = dayCount ? YEAR_DAYS[dayCount.choice(FEE_DAY_COUNTS)] : 12;
  const yearly: Expression = { kind: 'binary', op: '*', left: a.expression, right: b.expression, at };
  const parts: Expression = { kind: 'binary', op: '*', left: yearly, right: part, at };
  return {
    ...a,
    // As the formula of the amount would be written.
    text: `(${a.text}) * (${b.text}) * ${dayCount ? 'daysInPeriod' : monthsPerPeriod} / ${year}`,
    unit: 'money',
    expression: { kind: 'binary', op: '/', left: parts, right: number(year), at },
  };
}

function readAmount(fee: Cursor, fields: FeeFields, reading: Reading): Formula {
  const { amount, rate, of, dayCount } = fields;
  if (rate && of && !amount) return rateAmount(rate, of, dayCount, reading);
  if (amount) {
    for (const field of ['rate', 'of', 'dayCount'] as const) {
      fields[field]?.error('unknown-field', `"${field}" does not go with "amount"; write one or the other`);
    }
  } else {
    const missing = rate ? 'of' : of ? 'rate' : 'amount';
    const other = missing === 'amount' ? ' (or "rate" and "of")' : '';
    fee.error('missing-field', `"${missing}"${other} is missing in ${fee.path}`);
  }
  return amount ? formulaOf(amount, reading, 'money') : unknownFormula(fee, 'money');
}

/** Fees, as an amount or as a rate of a balance; each defines NAME.due and NAME.unpaid. */
export function readFees(cursor: Cursor, reading: Reading): Fee[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'fee', at, value.path);
    refuseLastPayee(value, name, at);
    const fields = value.fields(['payee'], ['amount', 'rate', 'of', 'dayCount', 'cap', 'carry']);
    const amount = readAmount(value, fields, reading);
    for (const member of ['due', 'unpaid']) reading.names.define(`${name}.${member}`, { unit: 'money', of: [amount] });
    return {
      name,
      payee: readParty(fields.payee, reading),
      amount,
      cap: optionalFormula(fields.cap, reading, 'money'),
      carry: readFlag(fields.carry, true),
      ...cursor.findings.place(at),
    };
  });
}
