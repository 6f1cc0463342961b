import { type GeneratedDeal, generateDeal } from './document.js';
import { anyDates, type GeneratedDate, generatedLife } from './payment-dates.js';

/** A deal with the dates of a whole life, and others on any state. */
export interface GeneratedCase extends GeneratedDeal {
  life: GeneratedDate[];
  others: GeneratedDate[];
}

/** The case of a seed, with so many dates on any state. */
export function generatedCase(seed: number, states: number): GeneratedCase {
  const generated = generateDeal(seed);
  const life = generatedLife(generated, seed);
  return { ...generated, life, others: anyDates(generated, seed, life, states) };
}

/** Cases of `count` seeds from `first` on. */
export function generatedCases(first: number, count: number, states: number): GeneratedCase[] {
  return Array.from({ length: count }, (_, index) => generatedCase(first + index, states));
}
