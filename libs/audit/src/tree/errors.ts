/** A sum is negative or reaches 2^128, so it has no unsigned 16-byte form. */
export class SumOutOfRange extends Error {
  override readonly name = 'SumOutOfRange';
  constructor(
    readonly column: number,
    readonly value: bigint,
  ) {
    super(
      `sum ${column} is ${value}, outside 0 to 2^128 − 1: split signed amounts into their two unsigned parts first`,
    );
  }
}

/** A tree was asked over leaves that cannot make one. */
export class TreeInputInvalid extends Error {
  override readonly name = 'TreeInputInvalid';
  constructor(
    readonly reason: 'no-leaves' | 'width' | 'duplicate-id' | 'no-such-leaf',
    detail: string,
  ) {
    super(`no sum tree (${reason}): ${detail}`);
  }
}

/** A text is not the canonical form of published rows, so it cannot be what the root was made from. */
export class RowsNotCanonical extends Error {
  override readonly name = 'RowsNotCanonical';
  constructor(
    readonly line: number,
    detail: string,
  ) {
    super(`line ${line} of the published rows is not in canonical form: ${detail}; take the file as it was published`);
  }
}

/** A JSON value is not a sum proof. */
export class ProofMalformed extends Error {
  override readonly name = 'ProofMalformed';
  constructor(readonly path: string) {
    super(`${path} of the proof is missing or malformed: take the proof as it was published`);
  }
}

/** A salt is not 32 bytes, so salt and loan key could be cut at another place and stand for another loan. */
export class SaltInvalid extends Error {
  override readonly name = 'SaltInvalid';
  constructor(readonly bytes: number) {
    super(`the salt has ${bytes} bytes: use the 32 bytes that loanSalt gives`);
  }
}
