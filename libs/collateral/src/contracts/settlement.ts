import type { PlannedEvent } from './event.js';
import { type Observations, valueAt } from './observations.js';
import type { CommonTerms } from './terms.js';

/**
 * A flow of the contract's currency in the one in which it is paid, at the rate observed on the event's scheduled date.
 * Source: ACTUS technical specification, "Settlement Currency FX Rate". @throws ObservationMissing
 */
export function settledFlow(
  { currency, settlementCurrency }: CommonTerms,
  observations: Observations,
  { scheduled }: PlannedEvent,
  flow: number,
): number {
  if (settlementCurrency === undefined || settlementCurrency === currency || flow === 0) return flow;
  return flow * valueAt(observations, `${currency}/${settlementCurrency}`, scheduled);
}
