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

/** A transaction is waiting behind a nonce that Weir never used. */
export class NonceGap extends Error {
  constructor(
    readonly signer: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(
      `${signer} has its next nonce at ${expected} on chain but the first open transaction has ${found}: a ` +
        `transaction sent outside Weir was lost; send any transaction with nonce ${expected} from that account`,
    );
    this.name = 'NonceGap';
  }
}
