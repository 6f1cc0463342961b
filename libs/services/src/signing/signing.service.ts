import { handIn, waitingPayloads, type PayloadView } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';

/** Signatures of accounts whose keys lie elsewhere: payload out, signed transaction in. */
export class SigningService {
  constructor(private readonly context: ServiceContext) {}

  /** The payloads that wait for a signature and that the caller may see, by account and nonce. */
  waiting(actor: Actor): Promise<PayloadView[]> {
    return this.context.uow.read(actor, waitingPayloads);
  }

  /**
   * Takes a signed transaction; the worker sends it. Its bytes prove who signed, so whoever sees the transaction may
   * bring them. `signed`: hex of the serialised signed transaction.
   * @throws Fault not-found, `nothing-to-sign`, or `signed-bytes-refused` with every difference from what was laid out
   */
  handIn(
    actor: Actor,
    transactionId: string,
    signed: string,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string; hash: string }> {
    const object = `transaction:${transactionId}`;
    return this.context.uow.run(actor, { name: 'transaction.hand-in', object, idempotency }, async (tx) => {
      const { hash } = await handIn(tx.manager, transactionId, signed as Hex);
      tx.record({ object, before: null, after: { hash } });
      return { transactionId, hash };
    });
  }
}
