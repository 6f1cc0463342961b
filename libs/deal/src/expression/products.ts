import type { FoundUnit } from './value-unit.js';

type Outcome = { unit: FoundUnit } | { fault: string };

/** How specific a factor is: the product has the unit of the most specific one. */
const ORDER: readonly FoundUnit[] = ['money', 'rate', 'number', 'ratio', 'zero'];

/**
 * Unit of a product of amounts, rates and numbers. An amount times a rate is the amount of a whole year. A literal times
 * a number still fits a rate, so that `0.25 % * period` can be one.
 */
export function productUnit(a: FoundUnit, b: FoundUnit): Outcome {
  if (a === 'money' && b === 'money')
    return { fault: 'an amount times an amount is no amount; divide first: a / b * c' };
  if (a === 'rate' && b === 'rate') return { fault: 'a rate times a rate is no rate; one of them must be a number' };
  if (a === 'zero' || b === 'zero') {
    const other = a === 'zero' ? b : a;
    return { unit: other === 'number' ? 'zero' : other };
  }
  return { unit: ORDER.find((unit) => unit === a || unit === b) ?? 'ratio' };
}

/** Unit of a quotient; like by like is a number. */
export function quotientUnit(a: FoundUnit, b: FoundUnit): Outcome {
  if (b === 'ratio' || b === 'number' || b === 'zero') {
    return { unit: a };
  }
  if (a === b || ((a === 'zero' || a === 'number') && b === 'rate')) return { unit: 'ratio' };
  if (a === 'zero') return { unit: 'ratio' };
  if (b === 'money') {
    const what = a === 'rate' ? 'a rate' : 'a number';
    return { fault: `${what} divided by an amount is neither; divide an amount by an amount` };
  }
  const what = a === 'money' ? 'an amount' : 'a number';
  return { fault: `${what} divided by a rate is neither; divide a rate by a rate, or by a number` };
}
