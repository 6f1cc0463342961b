import { systemTransaction } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';
import { broadcastAttempt } from './broadcast-attempt.js';
import { layOut } from './laying-out.js';
import type { OutboxContext } from './outbox-context.js';
import { change, storeAttempt, type Attempt } from './outbox-rows.js';
import { signAttempt } from './signing.js';

/** Gas of a transfer without data (the Yellow Paper's G_transaction). */
const TRANSFER_GAS = 21_000;
/** Nonces filled in one turn; the next turn goes on. */
const MOST = 16;

/**
 * Fills nonces that stand between the chain's count and the first open transaction, each with a transfer of nothing to the
 * account itself: something sent outside Weir held them and was lost, and no later nonce could ever be mined. Nonces of
 * Weir's own rows are left alone. Should the lost transaction come back, one of the two is mined and nothing else changes.
 */
export async function fillNonces(context: OutboxContext, signer: Hex, from: number, below: number): Promise<void> {
  for (let nonce = from; nonce < Math.min(below, from + MOST); nonce += 1) {
    const id = `nonce/${signer}/${nonce}`;
    const attempt = await fill(context, id, signer, nonce);
    if (attempt) await broadcastAttempt(context, id, attempt);
  }
}

async function fill(context: OutboxContext, id: string, signer: Hex, nonce: number): Promise<Attempt | null> {
  const fees = await context.node.fees();
  const offline = await context.signers.isOffline(signer);
  const row = { id, signer, to: signer, data: '0x' as Hex, nonce };
  return systemTransaction(context.dataSource, async (manager) => {
    if (!(await insert(manager, row, offline ? 'laid-out' : 'signed'))) return null;
    if (offline) {
      await layOut(context, manager, row, BigInt(TRANSFER_GAS), fees);
      return null;
    }
    const attempt = await signAttempt(context, row, BigInt(TRANSFER_GAS), fees);
    await storeAttempt(manager, id, attempt);
    await change(manager, id, { hash: attempt.hash });
    return attempt;
  });
}

/** False when a row of the signer has that nonce already. */
async function insert(
  manager: EntityManager,
  { id, signer, nonce }: { id: string; signer: Hex; nonce: number },
  state: 'laid-out' | 'signed',
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO weir.outbox_transaction (id, signer, "to", data, gas_limit, purpose, state, nonce)
      VALUES ($1, $2, $2, '0x', $3, 'a transfer of nothing for a nonce that was lost', $4, $5)
      ON CONFLICT DO NOTHING RETURNING id`,
    [id, signer, TRANSFER_GAS, state, nonce],
  );
  return rows.length === 1;
}
