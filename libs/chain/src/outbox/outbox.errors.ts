/** The same id was enqueued with other content. */
export class OutboxConflict extends Error {
  constructor(readonly id: string) {
    super(`the transaction "${id}" is in the outbox with other content: an id names one transaction for good`);
    this.name = 'OutboxConflict';
  }
}

/** The node's answer to a question cannot be used. */
export class RpcAnswerMissing extends Error {
  constructor(
    readonly method: string,
    readonly params: unknown,
  ) {
    super(
      `the node did not answer ${method} ${JSON.stringify(params)}: check that RPC_URL points to a synchronised node`,
    );
    this.name = 'RpcAnswerMissing';
  }
}

/** A signer gave bytes of another account. */
export class WrongSigner extends Error {
  constructor(
    readonly expected: string,
    readonly found: string,
  ) {
    super(`the signer of ${expected} signed as ${found}: check the keystore of that address`);
    this.name = 'WrongSigner';
  }
}

/** No transaction of the outbox that the caller may see has this id. */
export class TransactionNotSeen extends Error {
  constructor(readonly id: string) {
    super(
      `there is no transaction "${id}" that you may see: list what waits for a signature, and take an id from there`,
    );
    this.name = 'TransactionNotSeen';
  }
}

/** A signature was brought for a transaction that waits for none. */
export class NothingToSign extends Error {
  constructor(
    readonly id: string,
    readonly state: string,
  ) {
    super(`the transaction "${id}" waits for no signature (it is ${state}): list what waits, and sign one of those`);
    this.name = 'NothingToSign';
  }
}

/** Signed bytes are not what was laid out; every difference is named. */
export class SignedBytesRefused extends Error {
  constructor(
    readonly id: string,
    readonly differences: readonly string[],
  ) {
    super(`the signed bytes for "${id}" are refused: ${differences.join('; ')}; sign exactly the payload laid out`);
    this.name = 'SignedBytesRefused';
  }
}

/** A transaction is waiting behind a nonce that Weir never used. */
export class NonceGap extends Error {
  constructor(
    readonly signer: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(
      `${signer} has its next nonce at ${expected} on chain but the first open transaction has ${found}: a ` +
        `transaction sent outside Weir was lost; unless it comes back, a transfer of nothing takes its place`,
    );
    this.name = 'NonceGap';
  }
}
