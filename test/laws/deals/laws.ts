import type { CompiledDeal, RunArguments } from '@weir/waterfall';

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
