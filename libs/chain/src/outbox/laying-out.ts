import { systemTransaction } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import type { Fees } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import type { OutboxContext } from './outbox-context.js';
import { change, type Attempt } from './outbox-rows.js';
import { payloadsOf, storePayload } from './payload.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';
import { raised, transactionOf } from './unsigned.js';

type Nonced = Pick<OutboxTransaction, 'id' | 'to' | 'data' | 'nonce'>;

/** Lays a transaction that has its nonce out for an account whose key lies elsewhere; nothing can be sent before it is signed. */
export async function layOut(
  context: OutboxContext,
  manager: EntityManager,
  row: Nonced,
  gasLimit: bigint,
  fees: Fees,
): Promise<void> {
  const unsigned = transactionOf(context.chainId, row, gasLimit, fees).unsignedSerialized as Hex;
  await storePayload(manager, row.id, { ...fees, unsigned, gasLimit, laidOutAt: context.clock() });
}

/** The first form: with it the row holds its nonce and waits for its signature. */
export async function layOutFirst(
  context: OutboxContext,
  manager: EntityManager,
  row: Nonced,
  gasLimit: bigint,
  fees: Fees,
): Promise<void> {
  await layOut(context, manager, row, gasLimit, fees);
  await change(manager, row.id, { state: 'laid-out', nonce: row.nonce });
}

/**
 * A signature may take days, and fees rise meanwhile: an unsigned form whose limit the market has left behind is laid
 * out again. What was laid out before may still be signed; one nonce is mined once.
 */
export async function refreshLaidOut(context: OutboxContext, row: OutboxTransaction): Promise<void> {
  const market = await context.node.fees();
  await systemTransaction(context.dataSource, async (manager) => {
    const [latest] = await payloadsOf(manager, row.id);
    // The market's limit is twice the base fee and a tip: below half of it the base fee itself is not covered.
    if (!latest || latest.maxFeePerGas * 2n >= market.maxFeePerGas) return;
    await layOut(context, manager, row, latest.gasLimit, raised(latest, market));
  });
}

/** A sent form that is not mined is laid out once more with higher fees, unless a dearer one waits already. */
export async function layOutDearer(context: OutboxContext, row: OutboxTransaction, sent: Attempt): Promise<void> {
  const fees = raised(sent, await context.node.fees());
  await systemTransaction(context.dataSource, async (manager) => {
    const [latest] = await payloadsOf(manager, row.id);
    if (latest && latest.maxFeePerGas > sent.maxFeePerGas) return;
    await layOut(context, manager, row, sent.gasLimit, fees);
  });
}
