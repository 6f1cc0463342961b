/** The same idempotency key came with another command or body: HTTP 422. */
export class IdempotencyMismatch extends Error {
  constructor(
    readonly key: string,
    readonly command: string,
  ) {
    super(`the idempotency key "${key}" was already used for another request: send this request under a new key`);
    this.name = 'IdempotencyMismatch';
  }
}

/** A request with the same idempotency key is being worked on right now: HTTP 409. */
export class IdempotencyInFlight extends Error {
  constructor(readonly key: string) {
    super(`the request with idempotency key "${key}" is still being worked on: repeat it in a moment for its answer`);
    this.name = 'IdempotencyInFlight';
  }
}

/** A value that must be stored as JSON holds something JSON has no form for. */
export class NotJson extends Error {
  constructor(
    readonly command: string,
    readonly detail: string,
  ) {
    super(`the answer of "${command}" cannot be stored as JSON (${detail}): carry money and bigints as strings`);
    this.name = 'NotJson';
  }
}
