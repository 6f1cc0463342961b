import { keccak256, Transaction } from 'ethers';
import { systemTransaction } from '@weir/persistence';
import type { Fees } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import { broadcastAttempt } from './broadcast-attempt.js';
import type { OutboxContext } from './outbox-context.js';
import { layOutFirst } from './laying-out.js';
import { change, lockQueued, openRows, queuedRows, storeAttempt, takeNonce, type Attempt } from './outbox-rows.js';
import { WrongSigner } from './outbox.errors.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';
import { estimate } from './trying.js';
import { transactionOf } from './unsigned.js';

/**
 * Gives queued transactions their nonce and bytes, in order, and sends them. A call that would revert fails here and
 * takes no nonce; while earlier transactions are unmined it may depend on them, so it waits for them instead.
 */
export async function signQueued(context: OutboxContext, signer: Hex): Promise<void> {
  const { dataSource, node, maxInFlight } = context;
  const [open, queued] = await systemTransaction(dataSource, async (manager) => [
    (await openRows(manager, signer)).filter((row) => row.state !== 'mined').length,
    await queuedRows(manager, signer, maxInFlight),
  ]);
  let inFlight = open;
  for (const row of queued) {
    if (inFlight >= maxInFlight) return;
    const gas = await gasFor(context, row);
    if (typeof gas === 'string') {
      if (inFlight > 0) return;
      await systemTransaction(dataSource, (manager) => change(manager, row.id, { state: 'failed', failure: gas }));
      continue;
    }
    const attempt = await signFirst(context, row, gas, await node.transactionCount(signer, 'pending'));
    if (!attempt) return;
    if (attempt !== 'laid-out') await broadcastAttempt(context, row.id, attempt);
    inFlight += 1;
  }
}

/** The gas limit, or the reason for which the call would revert. A quarter is added for state that moves meanwhile. */
async function gasFor(context: OutboxContext, row: OutboxTransaction): Promise<bigint | string> {
  if (row.gasLimit !== null) return BigInt(row.gasLimit);
  const gas = await estimate(context, row);
  return typeof gas === 'string' ? gas : (gas * 5n) / 4n;
}

async function signFirst(
  context: OutboxContext,
  row: OutboxTransaction,
  gasLimit: bigint,
  chainCount: number,
): Promise<Attempt | 'laid-out' | null> {
  const fees = await context.node.fees();
  const offline = await context.signers.isOffline(row.signer);
  return systemTransaction(context.dataSource, async (manager) => {
    if (!(await lockQueued(manager, row.id))) return null;
    const nonce = await takeNonce(manager, row.signer, chainCount);
    if (offline) {
      await layOutFirst(context, manager, { ...row, nonce }, gasLimit, fees);
      return 'laid-out';
    }
    const attempt = await signAttempt(context, { ...row, nonce }, gasLimit, fees);
    await storeAttempt(manager, row.id, attempt);
    await change(manager, row.id, { state: 'signed', nonce, hash: attempt.hash });
    return attempt;
  });
}

/** Signs a row that has its nonce. @throws WrongSigner */
export async function signAttempt(
  context: OutboxContext,
  row: Pick<OutboxTransaction, 'signer' | 'to' | 'data' | 'nonce'>,
  gasLimit: bigint,
  fees: Fees,
): Promise<Attempt> {
  const { maxFeePerGas, maxPriorityFeePerGas } = fees;
  const signer = await context.signers.signerOf(row.signer);
  const raw = await signer.signTransaction(transactionOf(context.chainId, row, gasLimit, fees));
  const from = Transaction.from(raw).from?.toLowerCase() ?? 'nobody';
  if (from !== row.signer) throw new WrongSigner(row.signer, from);
  return { raw, hash: keccak256(raw) as Hex, gasLimit, maxFeePerGas, maxPriorityFeePerGas, signedAt: context.clock() };
}
