import type { Unit } from './ast.js';

/**
 * What a checker finds: a unit; `number` for literals and what only they make, which fit a rate and a number alike;
 * `zero` for the literal 0, which fits an amount too; `unknown` after a fault that was reported already.
 */
export type FoundUnit = Unit | 'number' | 'zero' | 'unknown';

const WORDS: Record<Exclude<FoundUnit, 'unknown'>, string> = {
  money: 'an amount',
  rate: 'a rate',
  ratio: 'a number',
  number: 'a number',
  zero: 'zero',
  date: 'a date',
  flag: 'true or false',
};

/** A unit in the words of a diagnostic. */
export function describeUnit(unit: FoundUnit): string {
  return unit === 'unknown' ? 'unknown' : WORDS[unit];
}

/** Whether a value of this unit may stand where one of another is wanted. */
export function fits(found: FoundUnit, wanted: Unit): boolean {
  if (found === 'unknown' || found === wanted) return true;
  if (found === 'number') return wanted === 'ratio' || wanted === 'rate';
  return found === 'zero' && (wanted === 'money' || wanted === 'ratio' || wanted === 'rate');
}

/** The narrower of two units that stand side by side, as on both sides of "+"; null when they do not fit. */
export function joined(a: FoundUnit, b: FoundUnit): FoundUnit | null {
  if (a === b) return a;
  // What is not known yet may be an amount, and so may a zero.
  if (a === 'unknown' || b === 'unknown') return a === 'zero' || b === 'zero' ? 'unknown' : a === 'unknown' ? b : a;
  if (a === 'zero') return isQuantity(b) ? b : null;
  if (b === 'zero') return isQuantity(a) ? a : null;
  if (a === 'number') return b === 'ratio' || b === 'rate' ? b : null;
  if (b === 'number') return a === 'ratio' || a === 'rate' ? a : null;
  return null;
}

/** Whether values of the unit can be multiplied and have a sign. */
export function isQuantity(unit: FoundUnit): boolean {
  return unit !== 'date' && unit !== 'flag';
}
