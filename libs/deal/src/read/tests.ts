import type { NamedFormula, Trigger } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { ANY_UNIT, readFormula } from './formula.js';
import type { Names } from './names.js';

const COMPARISONS = ['<', '<=', '>', '>='];

/** Named formulas; each may use any name of the document that is known before the first step. */
export function readFormulas(cursor: Cursor, names: Names, currency: string): NamedFormula[] {
  const entries = cursor.entries();
  for (const { name, at, value } of entries) names.declare(name, 'formula', at, value.path);
  return entries.map(({ name, at, value }) => {
    const formula = readFormula(value, names, currency, ANY_UNIT);
    names.define(name, { is: formula });
    return { name, formula, ...cursor.findings.place(at) };
  });
}

/** Triggers: one comparison each, a measure against a threshold. Steps may use them as flags. */
export function readTriggers(cursor: Cursor, names: Names, currency: string): Trigger[] {
  const triggers = cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'trigger', at, value.path);
    const fields = value.fields(['when', 'sticky']);
    const when = readFormula(fields.when, names, currency, ['flag']);
    const { expression } = when;
    const compares = expression.kind === 'binary' && COMPARISONS.includes(expression.op);
    if (!compares && expression.kind !== 'number') {
      fields.when.error('trigger', 'a trigger compares a measure with a threshold: measure > threshold');
    }
    return { name, when, sticky: fields.sticky.choice(['true', 'false']) === 'true', ...cursor.findings.place(at) };
  });
  for (const { name } of triggers) names.define(name, { unit: 'flag' });
  return triggers;
}
