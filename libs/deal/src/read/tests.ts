import type { NamedFormula, Trigger } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { ANY_UNIT } from './formula.js';
import { formulaOf, readFlag, type Reading } from './reading.js';
import { AFTER_LAST_STEP } from './values.js';

/** Most payment dates in a row that `for` and `cure` may ask for. */
const LONGEST_RUN = 60;

/** Named formulas, computed before the first step; each may use any value that is known then. */
export function readFormulas(cursor: Cursor, reading: Reading): NamedFormula[] {
  const { names } = reading;
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'formula', at, value.path);
    const formula = formulaOf(value, reading, ...ANY_UNIT);
    names.define(name, { is: formula });
    return { name, formula, ...cursor.findings.place(at) };
  });
}

/** Triggers, which formulas use as flags; one that is tested at the end shows its flag of the last payment date. */
export function readTriggers(cursor: Cursor, reading: Reading): Trigger[] {
  const { names } = reading;
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'trigger', at, value.path);
    const fields = value.fields(['when'], ['sticky', 'for', 'cure', 'at']);
    const tested = fields.at ? fields.at.choice(['start', 'end']) : 'start';
    const scope = tested === 'end' ? AFTER_LAST_STEP : reading.scope;
    const when = formulaOf(fields.when, { ...reading, scope }, 'flag');
    const sticky = readFlag(fields.sticky, false);
    if (sticky) fields.cure?.error('unknown-field', '"cure" does not go with "sticky": what is sticky is never cured');
    names.define(name, tested === 'end' ? { unit: 'flag' } : { unit: 'flag', of: [when] });
    return {
      name,
      when,
      sticky,
      for: fields.for?.integer(1, LONGEST_RUN) ?? 1,
      cure: fields.cure?.integer(1, LONGEST_RUN) ?? 1,
      at: tested,
      ...cursor.findings.place(at),
    };
  });
}
