/** How a failure is answered: the API maps each kind to one HTTP status, the CLI to one exit code. */
export type ProblemKind = 'not-found' | 'forbidden' | 'unauthenticated' | 'conflict' | 'invalid' | 'unavailable';

/**
 * A failure that the caller can act on. Each failure has a class of its own below a capability; `code` is stable
 * and public, `details` carries its typed fields, and the message says what to do next.
 */
export abstract class Problem extends Error {
  abstract readonly kind: ProblemKind;
  abstract readonly code: string;
  /** Fields for the caller; amounts as decimal strings. */
  readonly details: Readonly<Record<string, unknown>>;

  protected constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = new.target.name;
    this.details = details;
  }
}

/** What was asked for does not exist, or the caller's organisation may not see it (the two are not told apart). */
export class NotFound extends Problem {
  readonly kind = 'not-found';
  readonly code = 'not-found';
  constructor(what: string, id: string) {
    super(`There is no ${what} ${id} that you may see; check the identifier and the deal's parties.`, { what, id });
  }
}

/** The caller's role, or the part it plays in the deal, does not allow the command. */
export class Forbidden extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'forbidden';
  constructor(needed: string) {
    super(`This needs ${needed}; ask someone who has it.`, { needed });
  }
}

/** The step does not follow from where the deal, period or offering stands. */
export class OutOfOrder extends Problem {
  readonly kind = 'conflict';
  readonly code = 'out-of-order';
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message, details);
  }
}

/** A write came without a usable idempotency key. */
export class IdempotencyKeyMissing extends Problem {
  readonly kind = 'invalid';
  readonly code = 'idempotency-key-missing';
  constructor() {
    super('Send an Idempotency-Key header of 8 to 200 characters, a new one for each new request.');
  }
}
