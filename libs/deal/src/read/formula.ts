import type { Expression, Formula, Unit } from '../expression/ast.js';
import { DivisionFinder } from '../expression/division.js';
import { FormulaSyntaxError } from '../expression/errors.js';
import { parseExpression } from '../expression/parse.js';
import { UnitChecker } from '../expression/units.js';
import { describeUnit, fits, type FoundUnit } from '../expression/value-unit.js';
import type { Cursor } from '../source/cursor.js';
import type { Names } from './names.js';
import type { Scope } from './values.js';

/** Units of a formula that may be anything that is computed. */
export const ANY_UNIT: readonly Unit[] = ['money', 'ratio', 'rate', 'date', 'flag'];

/**
 * Stands in where a formula is missing or has a fault, which was reported: a value of which nothing is known, so that
 * checks conclude nothing from it. The document has an error then and is never compiled.
 */
export function unknownFormula({ at, path, place }: Cursor, unit: Unit): Formula {
  const expression: Expression = { kind: 'name', name: '', at };
  return { text: path, unit, expression, path, ...place };
}

/** The first wanted unit that what was found fits, or null. */
function fitting(found: FoundUnit, wanted: readonly Unit[]): Unit | null {
  return wanted.find((unit) => fits(found, unit)) ?? null;
}

/**
 * Reads a formula. Its names and units are checked when the whole document was read (`names.settle`), and `unit`, the
 * first of `wanted` until then, is set; every fault is reported at its own line and column. `scope` is the order number
 * of the step in which it stands (default: before the first).
 */
export function readFormula(
  cursor: Cursor,
  names: Names,
  currency: string,
  wanted: readonly Unit[],
  scope: Scope = 0,
): Formula {
  const first = wanted[0] as Unit;
  const formula = parseFormula(cursor, currency, first);
  if (formula === null) return unknownFormula(cursor, first);
  names.check(formula, (report) =>
    report ? checkFormula(formula, cursor, names, currency, wanted, scope) : inferUnit(formula, names, wanted),
  );
  return formula;
}

/** A formula whose names and units are not checked here; null after a fault, which is reported. */
export function parseFormula(cursor: Cursor, currency: string, unit: Unit): Formula | null {
  const source = cursor.sourceText();
  if (source === null) return null;
  try {
    const expression = parseExpression(source.text, source.at, currency);
    const text = source.text.replace(/\s+/g, ' ').trim();
    return { text, unit, expression, path: cursor.path, ...cursor.place };
  } catch (error) {
    if (!(error instanceof FormulaSyntaxError)) throw error;
    cursor.error('syntax', error.message, error.at);
    return null;
  }
}

/** Unit of a formula as far as it is known, without a report. */
function inferUnit(formula: Formula, names: Names, wanted: readonly Unit[]): FoundUnit {
  const checker = new UnitChecker({ unitOf: (name) => names.unitOf(name), error: () => undefined });
  const found = checker.unitOf(formula.expression);
  const unit = fitting(found, wanted);
  return found === 'zero' ? (unit ?? 'unknown') : found;
}

function checkFormula(
  formula: Formula,
  cursor: Cursor,
  names: Names,
  currency: string,
  wanted: readonly Unit[],
  scope: Scope,
): FoundUnit {
  const checker = new UnitChecker({
    unitOf: (name, at, inHistory) => names.lookup(name, at, cursor.path, scope, inHistory),
    error: (at, code, message) => cursor.error(code, message, at),
  });
  const found = checker.unitOf(formula.expression);
  const unit = fitting(found, wanted);
  if (unit === null) {
    const needed = wanted.map(describeUnit).join(' or ');
    const literal =
      formula.expression.kind === 'number' && formula.expression.unit === 'ratio' && wanted.includes('money');
    const hint = literal ? `; write it with its currency, like 2500.00 ${currency}` : '';
    cursor.error('unit', `this is ${describeUnit(found)}, but ${needed} is needed${hint}`);
    return 'unknown';
  }
  formula.unit = unit;
  if (found !== 'unknown') warnOfZeroDivisors(formula, cursor, names);
  // A literal 0 under a name is an amount; a literal number keeps fitting both a rate and a number.
  return found === 'zero' ? unit : found;
}

function warnOfZeroDivisors({ expression, path }: Formula, { findings }: Cursor, names: Names): void {
  const finder = new DivisionFinder((name) => names.values.isPositive(name));
  for (const { at, right } of finder.doubtful(expression)) {
    const what = right.kind === 'name' ? right.name : 'what this divides by';
    const guard = right.kind === 'name' ? right.name : '…';
    const message = `${what} may be zero, which would stop the run; divide inside if(${guard} > 0, …, …) or by max(1, …)`;
    findings.warn(at, path, 'may-divide-by-zero', message);
  }
}
