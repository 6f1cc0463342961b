import { systemTransaction, withLease } from '@weir/persistence';
import { Node } from '../rpc/node.js';
import { refuseWrongChain } from '../rpc/wrong-chain.js';
import type { Hex } from '../signers/signer.js';
import { confirmOpen } from './confirming.js';
import { rebroadcast } from './broadcasting.js';
import type { OutboxContext, OutboxOptions } from './outbox-context.js';
import { takeHandedIn } from './hand-in.js';
import { reopenLost, standingsOf, type SignerStanding } from './outbox-rows.js';
import { signQueued } from './signing.js';
import { tryQueued } from './trying.js';

/**
 * Sends what the outbox holds, once each. Any number of processes may tick: a lease lets one serve a signer at a time.
 * A crash at any point is safe, because nonce and signed bytes are committed before the first send, and sending the
 * same bytes again can't be mined twice.
 */
export class OutboxSender {
  private readonly context: OutboxContext;

  constructor(options: OutboxOptions) {
    this.context = {
      errors: [],
      bumpAfterMs: 60_000,
      maxInFlight: 8,
      clock: () => new Date(),
      dryRun: false,
      onError: () => undefined,
      ...options,
      node: new Node(options.rpc),
    };
  }

  /**
   * One turn for every signer with something to do; gives how many were served (those of another sender are left to it).
   * What stops one signer goes to `onError` and does not stop the others.
   * @throws WrongChain, and what the provider throws when the node does not answer at all
   */
  async tick(): Promise<number> {
    await refuseWrongChain(this.context.rpc, this.context.chainId);
    let served = 0;
    for (const standing of await systemTransaction(this.context.dataSource, standingsOf)) {
      const { signer } = standing;
      const isQuiet = await this.isQuiet(standing).catch((error: unknown) => {
        this.context.onError(error, signer);
        return true;
      });
      if (isQuiet) continue;
      const turn = await withLease(this.context.dataSource, `weir.outbox.${signer}`, () => this.serve(signer));
      if (turn) served += 1;
    }
    return served;
  }

  /** Whether nothing is open for a signer and the chain has counted all that was sent for it. */
  private async isQuiet({ signer, isBusy, next }: SignerStanding): Promise<boolean> {
    const { node, dryRun } = this.context;
    return !isBusy && (dryRun || (await node.transactionCount(signer, 'latest')) >= next);
  }

  private async serve(signer: Hex): Promise<boolean> {
    try {
      const { dataSource, node, dryRun } = this.context;
      if (dryRun) return await this.rehearse(signer);
      const chainCount = await node.transactionCount(signer, 'latest');
      await systemTransaction(dataSource, (manager) => reopenLost(manager, signer, chainCount));
      await confirmOpen(this.context, signer);
      await takeHandedIn(this.context, signer);
      await rebroadcast(this.context, signer, chainCount);
      await signQueued(this.context, signer);
      await confirmOpen(this.context, signer);
      return true;
    } catch (error) {
      this.context.onError(error, signer);
      return false;
    }
  }

  private async rehearse(signer: Hex): Promise<boolean> {
    await confirmOpen(this.context, signer);
    await tryQueued(this.context, signer);
    return true;
  }
}
