import type { Idempotency } from './idempotency.js';

/** What is being done, to which object (e.g. `deal:<id>`), and why. */
export interface Command {
  name: string;
  object: string;
  why?: string;
  /** Organisation on whose behalf the actor acts, when it is not their own. */
  onBehalfOf?: string;
  idempotency?: Idempotency;
}

/** One changed object, for the audit record. Bigints are written as decimal strings. */
export interface Change {
  object: string;
  before: unknown;
  after: unknown;
}
