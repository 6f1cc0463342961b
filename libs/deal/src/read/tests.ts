import type { NamedFormula, Trigger } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { ANY_UNIT } from './formula.js';
import { formulaOf, readFlag, type Reading } from './reading.js';
import { AFTER_LAST_STEP, type Scope } from './values.js';

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

/** Where a trigger's condition stands; which step tests it is known only when the steps were read. */
function scopeOf(at: Trigger['at'], name: string, { names, scope }: Reading): Scope {
  if (at === 'start') return scope;
  return at === 'end' ? AFTER_LAST_STEP : () => names.firstStepOf(name);
}

/** Triggers, which formulas use as flags; until one is tested at the end or by a step, it shows its last flag. */
export function readTriggers(cursor: Cursor, reading: Reading): Trigger[] {
  const { names } = reading;
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'trigger', at, value.path);
    const fields = value.fields(['when'], ['sticky', 'for', 'cure', 'at']);
    const tested = fields.at ? fields.at.choice(['start', 'end', 'step']) : 'start';
    const scope = scopeOf(tested, name, reading);
    const when = formulaOf(fields.when, { ...reading, scope }, 'flag');
    const sticky = readFlag(fields.sticky, false);
    if (sticky) fields.cure?.error('unknown-field', '"cure" does not go with "sticky": what is sticky is never cured');
    names.define(name, tested === 'start' ? { unit: 'flag', of: [when] } : { unit: 'flag' });
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
