import type { Fee } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { ACCRUAL_FIELDS, accruedFormula, readAccrualTerms } from './fee-accrual.js';
import { unknownFormula } from './formula.js';
import { formulaOf, optionalFormula, readFlag, type Reading, readParty, refuseLastPayee } from './reading.js';

const RATE_FIELDS = ['rate', 'of', ...ACCRUAL_FIELDS] as const;
type FeeFields = Partial<Record<'amount' | (typeof RATE_FIELDS)[number], Cursor>>;

function readAmount(fee: Cursor, name: string, fields: FeeFields, reading: Reading): Pick<Fee, 'amount' | 'accrual'> {
  const { amount, rate, of } = fields;
  if (rate && of && !amount) {
    const [a, b] = [formulaOf(rate, reading, 'rate'), formulaOf(of, reading, 'money')];
    const accrual = { rate: a, of: b, ...readAccrualTerms(fields) };
    return { amount: accruedFormula(name, a, b, accrual, reading), accrual };
  }
  if (amount) {
    for (const field of RATE_FIELDS) {
      fields[field]?.error('unknown-field', `"${field}" does not go with "amount"; write one or the other`);
    }
  } else {
    const missing = rate ? 'of' : of ? 'rate' : 'amount';
    const other = missing === 'amount' ? ' (or "rate" and "of")' : '';
    fee.error('missing-field', `"${missing}"${other} is missing in ${fee.path}`);
  }
  return { amount: amount ? formulaOf(amount, reading, 'money') : unknownFormula(fee, 'money'), accrual: null };
}

/** Fees, as an amount or as a rate of a balance; each defines NAME.due and NAME.unpaid. */
export function readFees(cursor: Cursor, reading: Reading): Fee[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'fee', at, value.path);
    refuseLastPayee(value, name, at);
    const fields = value.fields(['payee'], ['amount', ...RATE_FIELDS, 'cap', 'carry']);
    const { amount, accrual } = readAmount(value, name, fields, reading);
    for (const member of ['due', 'unpaid']) reading.names.define(`${name}.${member}`, { unit: 'money', of: [amount] });
    return {
      name,
      payee: readParty(fields.payee, reading),
      amount,
      accrual,
      cap: optionalFormula(fields.cap, reading, 'money'),
      carry: readFlag(fields.carry, true),
      ...cursor.findings.place(at),
    };
  });
}
