import { isHistory } from '../expression/functions.js';
import type { Expression, Formula } from '../expression/ast.js';
import type { Amendment } from '../model.js';
import type { Cursor, Entry } from '../source/cursor.js';
import { parseFormula, unknownFormula } from './formula.js';
import { positiveMoney, type Reading } from './reading.js';

const HASH = /^0x[0-9a-f]{64}$/;
const LAST_PERIOD = 9999;

function readHash(cursor: Cursor): `0x${string}` {
  const text = cursor.text();
  if (text !== '' && !HASH.test(text)) {
    cursor.error('value', 'the amended program is named by its hash, 0x and 64 digits: `weir check` prints it');
  }
  return text as `0x${string}`;
}

/** Offset of a history function in an expression, or null. */
function historyIn(expression: Expression): number | null {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return null;
    case 'negate':
    case 'not':
      return historyIn(expression.operand);
    case 'binary':
      return historyIn(expression.left) ?? historyIn(expression.right);
    case 'call':
      if (isHistory(expression.name)) return expression.at;
      return expression.args.reduce<number | null>((found, argument) => found ?? historyIn(argument), null);
  }
}

/** A formula over what the amended deal kept; those names and their units are known only with its program. */
function readTaken(cursor: Cursor, reading: Reading): Formula {
  const formula = parseFormula(cursor, reading.currency, 'money');
  if (!formula) return unknownFormula(cursor, 'money');
  const at = historyIn(formula.expression);
  if (at !== null) {
    const message =
      'what was on earlier payment dates is kept in words of its own; name the word, like cumulative.losses';
    cursor.error('arguments', message, at);
  }
  return formula;
}

function texts(cursor: Cursor | undefined): (Entry & { text: string; line: number; column: number })[] {
  const entries = cursor?.entries(false) ?? [];
  return entries.map((entry) => ({ ...entry, text: entry.value.text(), ...entry.value.findings.place(entry.at) }));
}

/** How the deal takes over from the program that it amends. What it names is checked against that program when both are there. */
export function readAmendment(cursor: Cursor, reading: Reading): Amendment {
  const fields = cursor.fields(['program', 'fromPeriod'], ['renamed', 'accounts', 'state', 'dropped', 'issued']);
  const state = (fields.state?.entries(false) ?? []).map(({ name, value }) => ({
    name,
    formula: readTaken(value, reading),
  }));
  return {
    program: readHash(fields.program),
    fromPeriod: fields.fromPeriod.integer(1, LAST_PERIOD),
    renamed: texts(fields.renamed).map(({ name, text, line, column }) => ({ name, was: text, line, column })),
    accounts: texts(fields.accounts).map(({ name, text, line, column }) => ({ name, into: text, line, column })),
    state,
    dropped: texts(fields.dropped).map(({ name, text, line, column }) => ({ name, reason: text, line, column })),
    issued: (fields.issued?.entries(false) ?? []).map(({ name, value }) => ({
      name,
      amount: positiveMoney(value),
      ...value.place,
    })),
    ...cursor.place,
  };
}
