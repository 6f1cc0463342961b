import { ObservationMissing } from './errors.js';
import type { Moment } from './moment.js';

/** A value of an index from a moment on. */
export interface Observation {
  at: Moment;
  value: number;
}

/**
 * What happened without being scheduled. `paid` (interest and principal), `repaid`, `drawn`, `prepaid` and `reduced` (principal
 * that falls away without a payment: a credit note, a forgiven part) carry an amount; `called` starts the notice of a
 * call loan; `defeased` puts bonds in the loan's place; `defaulted` ends the flows; `reviewed` only shows the state.
 */
export const OBSERVED_KINDS = [
  'paid',
  'repaid',
  'drawn',
  'prepaid',
  'reduced',
  'called',
  'defeased',
  'defaulted',
  'reviewed',
] as const;

/** One of `OBSERVED_KINDS`. */
export type ObservedKind = (typeof OBSERVED_KINDS)[number];

/** An unscheduled event with its amount, in units of the currency; zero where it has none. */
export interface ObservedEvent {
  at: Moment;
  kind: ObservedKind;
  amount: number;
}

/** Index curves by name, each in any order, and what happened to the contract. */
export interface Observations {
  series: ReadonlyMap<string, readonly Observation[]>;
  events: readonly ObservedEvent[];
}

/** Nothing observed. */
export const NOTHING_OBSERVED: Observations = { series: new Map(), events: [] };

/** The value of an index at a moment: its last observation up to then. @throws ObservationMissing */
export function valueAt({ series }: Observations, index: string, moment: Moment): number {
  let last: Observation | undefined;
  for (const observation of series.get(index) ?? []) {
    if (observation.at <= moment && (!last || observation.at >= last.at)) last = observation;
  }
  if (!last) throw new ObservationMissing(index, moment);
  return last.value;
}
