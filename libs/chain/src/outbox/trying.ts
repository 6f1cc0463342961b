import { systemTransaction } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import { isRevert, revertReason } from '../rpc/revert-reason.js';
import { rpcFault } from '../rpc/rpc-fault.js';
import type { Hex } from '../signers/signer.js';
import type { OutboxContext } from './outbox-context.js';
import { queuedRows } from './outbox-rows.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';

/** What a queued call would do on the chain as it stands, its own queue not counted. */
export interface Trial {
  readonly triedAt: Date;
  /** Units of gas; null when it would revert. */
  readonly gas: number | null;
  /** Wei per unit of gas that it would offer. */
  readonly maxFeePerGas: bigint;
  /** Why it would revert, in words. */
  readonly failure: string | null;
}

type Call = Pick<OutboxTransaction, 'signer' | 'to' | 'data'>;

/** The gas of a call on top of what is pending, or the reason for which it would revert. */
export async function estimate({ node, errors }: OutboxContext, { signer, to, data }: Call): Promise<bigint | string> {
  try {
    return await node.estimateGas({ from: signer, to, data });
  } catch (error) {
    const fault = rpcFault(error);
    if (!fault || !isRevert(fault)) throw error;
    return revertReason(fault, errors);
  }
}

/** Notes for each queued transaction of an account what it would do; gives no nonce, signs and sends nothing. */
export async function tryQueued(context: OutboxContext, signer: Hex): Promise<void> {
  const queued = await systemTransaction(context.dataSource, (manager) => queuedRows(manager, signer, MOST));
  const { maxFeePerGas } = await context.node.fees();
  for (const row of queued) {
    const found = await estimate(context, row);
    const [gas, failure] = typeof found === 'string' ? [null, found] : [Number(found), null];
    const trial = { triedAt: context.clock(), gas, maxFeePerGas, failure };
    await systemTransaction(context.dataSource, (manager) => storeTrial(manager, row.id, trial));
  }
}

/** Trials of one turn; the others have theirs when these are sent or withdrawn. */
const MOST = 200;

async function storeTrial(manager: EntityManager, id: string, trial: Trial): Promise<void> {
  await manager.query(
    `INSERT INTO weir.outbox_trial (transaction_id, tried_at, gas, max_fee_per_gas, failure) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (transaction_id) DO UPDATE SET tried_at = excluded.tried_at, gas = excluded.gas,
        max_fee_per_gas = excluded.max_fee_per_gas, failure = excluded.failure`,
    [id, trial.triedAt, trial.gas, trial.maxFeePerGas.toString(), trial.failure],
  );
}

/** The last trial of a transaction; null when a sender never tried it. */
export async function trialOf(manager: EntityManager, id: string): Promise<Trial | null> {
  const [row] = await manager.query('SELECT * FROM weir.outbox_trial WHERE transaction_id = $1', [id]);
  if (!row) return null;
  return {
    triedAt: row.tried_at,
    gas: row.gas === null ? null : Number(row.gas),
    maxFeePerGas: BigInt(row.max_fee_per_gas),
    failure: row.failure,
  };
}
