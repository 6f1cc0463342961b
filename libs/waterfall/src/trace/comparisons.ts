import type { Unit } from '@weir/deal';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { RunArguments } from '../execute/frame.js';
import { headroom } from './summarise.js';
import { WatchedRun } from './watch-run.js';

/** One comparison of a trigger's test that joins several, in the slots of its unit; null where a side is not to be seen. */
export interface ComparisonSummary {
  /** The document's words. */
  text: string;
  unit: Unit;
  value: bigint | null;
  threshold: bigint | null;
  /** As a trigger's: how far the value may go until this comparison holds. */
  distance: bigint | null;
}

/**
 * The comparisons of triggers that join several by `and` and `or`, as a payment date made them; triggers of one comparison,
 * and those that were not tested, have none. @throws as `execute` does
 */
export function comparisonsOf(compiled: CompiledDeal, from: RunArguments): Record<string, ComparisonSummary[]> {
  if (compiled.triggers.every(({ comparisons }) => comparisons.length === 0)) return {};
  const run = new WatchedRun(compiled, from);
  const entries = compiled.triggers.map(({ name, comparisons }) => {
    const made = comparisons.flatMap((comparison): ComparisonSummary[] => {
      const sides = run.sides(comparison);
      if (!sides) return [];
      const { text, unit, onWhere } = comparison;
      const { value, threshold } = sides;
      const distance = value === null || threshold === null ? null : headroom(onWhere, value, threshold);
      return [{ text, unit, value, threshold, distance }];
    });
    return [name, made] as const;
  });
  return Object.fromEntries(entries.filter(([, made]) => made.length > 0));
}
