import type { DayCount } from '@weir/calendar';
import type { Expression, Formula } from '../expression/ast.js';
import { rational } from '../expression/rational.js';
import type { Fee } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { formulaOf, missingFormula, optionalFormula, readFlag, type Reading, readParty } from './reading.js';

/** Day counts whose fraction of a year follows from the number of days alone. */
const FEE_DAY_COUNTS = ['ACT/360', 'ACT/365F'] as const satisfies readonly DayCount[];

type FeeFields = Partial<Record<'amount' | 'rate' | 'of' | 'dayCount', Cursor>>;

/** The part of a year that a fee is owed for: months of a collection period ÷ 12, or days to the payment date. */
function yearFraction(cursor: Cursor | undefined, at: number, { monthsPerPeriod }: Reading): Expression {
  const number = (num: number, den: number): Expression => ({
    kind: 'number',
    value: rational(BigInt(num), BigInt(den)),
    unit: 'ratio',
    at,
  });
  if (!cursor) return number(monthsPerPeriod, 12);
  const days: Expression = { kind: 'name', name: 'daysInPeriod', at };
  const year = number(1, cursor.choice(FEE_DAY_COUNTS) === 'ACT/360' ? 360 : 365);
  return { kind: 'binary', op: '*', left: days, right: year, at };
}

/** rate × of × the part of a year, one product and so one rounding. */
function rateAmount(rate: Cursor, of: Cursor, dayCount: Cursor | undefined, reading: Reading): Formula {
  const [a, b] = [formulaOf(rate, reading, 'rate'), formulaOf(of, reading, 'money')];
  const { at } = a.expression;
  const yearly: Expression = { kind: 'binary', op: '*', left: a.expression, right: b.expression, at };
  const part = yearFraction(dayCount, at, reading);
  const days = dayCount
    ? `daysInPeriod / ${dayCount.text() === 'ACT/360' ? 360 : 365}`
    : `${reading.monthsPerPeriod} / 12`;
  return {
    ...a,
    text: `(${a.text}) * (${b.text}) * ${days}`,
    unit: 'money',
    expression: { kind: 'binary', op: '*', left: yearly, right: part, at },
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
  return amount ? formulaOf(amount, reading, 'money') : missingFormula(fee);
}

/** Fees, as an amount or as a rate of a balance; each defines NAME.due and NAME.unpaid. */
export function readFees(cursor: Cursor, reading: Reading): Fee[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'fee', at, value.path);
    if (name === 'residual') value.error('reserved-name', '"residual" names the last payee; choose another name', at);
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
