import type { FoundUnit } from './value-unit.js';

type Outcome = { unit: FoundUnit } | { fault: string };

/** How specific a factor is: the product has the unit of the most specific one. */
const ORDER: readonly FoundUnit[] = ['money', 'rate', 'number', 'ratio', 'zero'];

/**
 * Unit of a product of amounts, rates and numbers. An amount times a rate is the amount of a whole year. A literal times
 * a number still fits a rate, so that `0.25 % * period` can be one.
 */
function productUnit(a: FoundUnit, b: FoundUnit): Outcome {
  if (a === 'money' && b === 'money')
    return { fault: 'an amount times an amount is no amount; divide by an amount too, as in a * b / c' };
  if (a === 'rate' && b === 'rate') return { fault: 'a rate times a rate is no rate; one of them must be a number' };
  if (a === 'zero' || b === 'zero') {
    const other = a === 'zero' ? b : a;
    return { unit: other === 'number' ? 'zero' : other };
  }
  return { unit: ORDER.find((unit) => unit === a || unit === b) ?? 'ratio' };
}

/** Unit of a quotient; like by like is a number. */
function quotientUnit(a: FoundUnit, b: FoundUnit): Outcome {
  if (b === 'ratio' || b === 'number' || b === 'zero') {
    return { unit: a };
  }
  if (a === b || ((a === 'zero' || a === 'number') && b === 'rate')) return { unit: 'number' };
  if (a === 'zero') return { unit: 'ratio' };
  if (b === 'money') {
    const what = a === 'rate' ? 'a rate' : 'a number';
    return { fault: `${what} divided by an amount is neither; divide an amount by an amount` };
  }
  const what = a === 'money' ? 'an amount' : 'a number';
  return { fault: `${what} divided by a rate is neither; divide a rate by a rate, or by a number` };
}

/** A factor or a divisor of a chain of × and ÷. */
export interface ChainPart {
  unit: FoundUnit;
  divides: boolean;
}

/**
 * Unit of a chain, in whatever order it is written: each divisor first takes a factor of its own unit away, since the
 * chain is computed as a whole with one rounding.
 */
export function chainUnit(parts: readonly ChainPart[]): Outcome {
  const factors = parts.filter(({ divides }) => !divides).map(({ unit }) => unit);
  let found: Outcome | null = null;
  const divisors: FoundUnit[] = [];
  for (const { unit } of parts.filter(({ divides }) => divides)) {
    const like = unit === 'money' || unit === 'rate' ? factors.indexOf(unit) : -1;
    if (like < 0) divisors.push(unit);
    else factors[like] = 'number';
  }
  for (const unit of factors) {
    found = found === null ? { unit } : productUnit(found.unit, unit);
    if ('fault' in found) return found;
  }
  for (const unit of divisors) {
    found = quotientUnit(found?.unit ?? 'number', unit);
    if ('fault' in found) return found;
  }
  return found ?? { unit: 'number' };
}
