import type { EventKind, PlannedEvent } from './event.js';
import type { LoanRun } from './state.js';

/** What an event does to a loan, and what it pays: interest is accrued up to the event before, except at the initial date. */
export type Handler = (run: LoanRun, event: PlannedEvent) => number;

/** The events that a kind of loan knows. */
export type Handlers = Partial<Record<EventKind, Handler>>;
