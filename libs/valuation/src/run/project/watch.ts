import type { CompiledDeal } from '@weir/waterfall';
import type { Figure, Figures } from './figures.js';

/** Slots that a projection returns, and where each stands in a row of its answer. */
export interface Watch {
  readonly slots: readonly number[];
  readonly placeOf: ReadonlyMap<number, number>;
}

function slotsOf(figure: Figure): number[] {
  if (figure.kind === 'slots' || figure.kind === 'factor') return figure.terms.map(({ slot }) => slot);
  if (figure.kind === 'shares') return figure.parts.flatMap(({ terms }) => terms.map(({ slot }) => slot));
  if (figure.kind === 'step') return figure.step.due === null ? [] : [figure.step.due];
  return figure.kind === 'account' ? [figure.slot] : [];
}

/** All slots that figures speak of, and all of accounts and state: the opening of the next date. */
export function watchOf(compiled: CompiledDeal, figures: Figures): Watch {
  const { A, S } = compiled.program.layout.regions;
  const kept = Array.from({ length: A.count + S.count }, (_, index) => A.first + index);
  const slots = [...new Set([...kept, ...[...figures.values()].flatMap(slotsOf)])];
  return { slots, placeOf: new Map(slots.map((slot, index) => [slot, index])) };
}
