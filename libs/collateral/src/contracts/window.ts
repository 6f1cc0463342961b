import { compareEvents, type ContractEvent, type PlannedEvent } from './event.js';
import type { Moment } from './moment.js';
import type { CommonTerms, Transfer } from './terms.js';

type Owned = CommonTerms & { purchase?: Transfer | undefined; termination?: Transfer | undefined };

/** Planned events after the status date, up to the termination and to `until`; a review may fall on the status date. */
export function wantedEvents(events: PlannedEvent[], terms: Owned, until: Moment | undefined): PlannedEvent[] {
  const end = terms.termination && { kind: 'termination' as const, at: terms.termination.date };
  return events.filter(
    (event) =>
      (event.at > terms.statusDate || (event.kind === 'review' && event.at === terms.statusDate)) &&
      (until === undefined || event.at <= until) &&
      (end === undefined || compareEvents(event, end) <= 0),
  );
}

/** The events that the holder sees: from the purchase on, and reviews before it. */
export function visibleEvents(events: ContractEvent[], terms: Owned): ContractEvent[] {
  const start = terms.purchase && { kind: 'purchase' as const, at: terms.purchase.date };
  return events.filter((event) => !start || event.kind === 'review' || compareEvents(event, start) >= 0);
}
