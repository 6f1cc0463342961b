import type { Formula, Unit } from '../expression/ast.js';
import { FormulaSyntaxError } from '../expression/errors.js';
import { parseExpression } from '../expression/parse.js';
import { UnitChecker } from '../expression/units.js';
import type { Cursor } from '../source/cursor.js';
import type { Names } from './names.js';

const WORDS: Record<Unit, string> = { money: 'an amount', ratio: 'a number', flag: 'true or false' };

/** Stands in after a fault; the document has an error then, so it is never compiled. */
function empty(cursor: Cursor, unit: Unit): Formula {
  const expression = { kind: 'number' as const, value: { num: 0n, den: 1n }, unit: 'money' as const, at: cursor.at };
  return { text: '0', unit, expression, path: cursor.path, ...cursor.place };
}

function checkUnit(cursor: Cursor, found: string, wanted: readonly Unit[]): Unit {
  const first = wanted[0] as Unit;
  if (found === 'unknown' || (found === 'zero' && !wanted.includes('money'))) return first;
  const unit = found === 'zero' ? 'money' : (found as Unit);
  if (wanted.includes(unit)) return unit;
  cursor.error('unit', `this is ${WORDS[unit]}, but ${wanted.map((word) => WORDS[word]).join(' or ')} is needed`);
  return first;
}

/** Reads a formula, checks its names and units, and reports every fault at its own line and column. */
export function readFormula(cursor: Cursor, names: Names, currency: string, wanted: readonly Unit[]): Formula {
  const source = cursor.sourceText();
  if (source === null) return empty(cursor, wanted[0] as Unit);
  try {
    const expression = parseExpression(source.text, source.at, currency);
    const checker = new UnitChecker({
      lookup: (name, at) => names.lookup(name, at, cursor.path),
      error: (at, code, message) => cursor.error(code, message, at),
    });
    const unit = checkUnit(cursor, checker.unitOf(expression), wanted);
    return { text: source.text.replace(/\s+/g, ' ').trim(), unit, expression, path: cursor.path, ...cursor.place };
  } catch (error) {
    if (!(error instanceof FormulaSyntaxError)) throw error;
    cursor.error('syntax', error.message, error.at);
    return empty(cursor, wanted[0] as Unit);
  }
}
