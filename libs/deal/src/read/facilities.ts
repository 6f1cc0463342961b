import type { Expression, Formula } from '../expression/ast.js';
import { rational } from '../expression/rational.js';
import type { Facility, Fee } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { ACCRUAL_FIELDS, accruedFormula, readAccrualTerms } from './fee-accrual.js';
import { formulaOf, optionalFormula, type Reading, readParty, refuseLastPayee } from './reading.js';
import { AFTER_LAST_STEP } from './values.js';

/** What a facility costs for a payment date, of an amount that follows from what is drawn. */
function readCost(cursor: Cursor, name: string, payee: string, of: Formula, reading: Reading): Fee {
  reading.names.declare(name, 'fee', cursor.at, cursor.path);
  const fields = cursor.fields(['rate'], ACCRUAL_FIELDS);
  const rate = formulaOf(fields.rate, reading, 'rate');
  const accrual = { rate, of, ...readAccrualTerms(fields) };
  const amount = accruedFormula(name, rate, of, accrual, reading);
  for (const member of ['due', 'unpaid']) reading.names.define(`${name}.${member}`, { unit: 'money', of: [amount] });
  return { name, payee, amount, accrual, cap: null, carry: true, ...cursor.place };
}

function drawnOf(name: string, { at, path, place }: Cursor): Formula {
  const expression: Expression = { kind: 'name', name: `${name}.drawn`, at };
  return { text: `${name}.drawn`, unit: 'money', expression, path, ...place };
}

/** max(0, limit − drawn). */
function undrawnOf(drawn: Formula, limit: Formula): Formula {
  const { at } = drawn.expression;
  const zero: Expression = { kind: 'number', value: rational(0n), unit: 'money', at };
  const rest: Expression = { kind: 'binary', op: '-', left: limit.expression, right: drawn.expression, at };
  const expression: Expression = { kind: 'call', name: 'max', args: [zero, rest], at };
  return { ...drawn, text: `max(0, (${limit.text}) - ${drawn.text})`, expression };
}

/** Facilities that lend to the deal; each defines NAME.draw and NAME.drawn, and what it costs as fees. */
export function readFacilities(cursor: Cursor, reading: Reading): Facility[] {
  return cursor.entries().map(({ name, at: from, value }) => {
    reading.names.declare(name, 'facility', from, value.path);
    refuseLastPayee(value, name, from);
    const fields = value.fields(['provider', 'draw'], ['limit', 'at', 'interest', 'commitmentFee']);
    const provider = readParty(fields.provider, reading);
    const at = fields.at?.choice(['start', 'step']) ?? 'start';
    const scope = at === 'step' ? () => reading.names.firstStepOf(name) : reading.scope;
    const draw = formulaOf(fields.draw, { ...reading, scope }, 'money');
    const limit = optionalFormula(fields.limit, { ...reading, scope }, 'money');
    if (at === 'start') reading.names.define(`${name}.draw`, { unit: 'money', of: limit ? [draw, limit] : [draw] });
    else reading.names.later(() => reading.names.define(`${name}.draw`, { unit: 'money', after: AFTER_LAST_STEP - 1 }));
    reading.names.define(`${name}.drawn`, { unit: 'money' });
    const { interest, commitmentFee } = fields;
    const drawn = drawnOf(name, value);
    if (commitmentFee && !limit)
      commitmentFee.error('missing-field', `a commitment fee is of what is not drawn; write the "limit:" of ${name}`);
    return {
      name,
      provider,
      draw,
      limit,
      at,
      interest: interest ? readCost(interest, `${name}.interest`, provider, drawn, reading) : null,
      commitmentFee:
        commitmentFee && limit
          ? readCost(commitmentFee, `${name}.commitmentFee`, provider, undrawnOf(drawn, limit), reading)
          : null,
      ...cursor.findings.place(from),
    };
  });
}

/** What a facility costs. */
export function feesOfFacility({ interest, commitmentFee }: Facility): Fee[] {
  return [interest, commitmentFee].filter((fee) => fee !== null);
}
