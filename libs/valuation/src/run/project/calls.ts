import type { CompiledDeal } from '@weir/waterfall';
import type { CallChoice } from '../../scenario/scenario.js';

/** A call that a scenario exercises, with its payment date (row from 0). */
export interface Exercise {
  readonly call: string;
  readonly row: number;
}

/** Calls of the deal: they have an input of their own. */
export function callsOf(compiled: CompiledDeal): string[] {
  return compiled.inputs.flatMap(({ name }) =>
    name.endsWith('.exercised') ? [name.slice(0, -'.exercised'.length)] : [],
  );
}

/** The first row on which a choice exercises a call that is permitted, from `from` on; null when there is none. */
export function firstExercise(
  choice: CallChoice,
  permitted: (row: number) => boolean,
  rows: number,
  dateOf: (row: number) => string,
): number | null {
  if (choice.when === 'never') return null;
  for (let row = 0; row < rows; row++) {
    if (choice.when === 'from' && dateOf(row) < choice.from) continue;
    if (permitted(row)) return row;
  }
  return null;
}
