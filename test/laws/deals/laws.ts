import type { CompiledDeal, RunArguments } from '@weir/waterfall';
import type { GeneratedDeal } from './document.js';
import type { GeneratedDate } from './payment-dates.js';
import { juniorPaidFirst, seniorPassedOver, shortWithCash } from './seniority.js';

const sum = (words: readonly bigint[]): bigint => words.reduce((total, word) => total + word, 0n);

/** Opening accounts + deposit = payments + closing accounts; nothing is left in the deposit, no word is negative. */
export function cashBreaches(compiled: CompiledDeal, run: RunArguments, slots: readonly bigint[]): string[] {
  const { A, X, C } = compiled.program.layout.regions;
  const words = (region: { first: number; count: number }): bigint[] =>
    slots.slice(region.first, region.first + region.count);
  const before = sum(run.state.slice(0, A.count)) + run.deposit;
  const after = sum(words(A)) + sum(words(X));
  const negative = slots.flatMap((word, slot) => (word < 0n ? [`${compiled.symbols[slot] ?? slot} is negative`] : []));
  return [
    ...(before === after ? [] : [`period ${run.period}: ${before} before, ${after} after`]),
    ...(slots[C.first] === 0n ? [] : [`period ${run.period}: ${slots[C.first]} stays in the deposit`]),
    ...negative,
  ];
}

/** Breaches of every law that holds for each payment date of any deal. */
export function breachesOf({ deal, compiled, plan }: GeneratedDeal, { run, result }: GeneratedDate): string[] {
  if (!result) return [];
  return [
    ...cashBreaches(compiled, run, result.slots),
    ...shortWithCash(deal, compiled, run, result),
    ...seniorPassedOver(deal, compiled, run, result),
    ...(plan.sequential ? juniorPaidFirst(deal, compiled, run, result) : []),
  ];
}
