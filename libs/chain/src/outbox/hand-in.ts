import { keccak256, Transaction } from 'ethers';
import { systemTransaction } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';
import type { OutboxContext } from './outbox-context.js';
import { change, storeAttempt } from './outbox-rows.js';
import { NothingToSign, SignedBytesRefused } from './outbox.errors.js';
import { payloadsOf, seenTransaction, type Payload } from './payload.js';
import type { OutboxState } from './outbox-transaction.entity.js';

/** States in which a signature still serves: before the first sending, and for a dearer form of what is not mined. */
const OPEN: readonly OutboxState[] = ['laid-out', 'signed', 'sent'];

/**
 * Takes signed bytes for a transaction that was laid out, within the caller's unit of work; the sender sends them in its
 * next turn. The same bytes again change nothing. `raw`: a serialised signed transaction, hex.
 * @throws TransactionNotSeen, NothingToSign, SignedBytesRefused when they are not one of the forms laid out, signed by
 *   the transaction's account
 */
export async function handIn(manager: EntityManager, transactionId: string, raw: Hex): Promise<{ hash: Hex }> {
  const row = await seenTransaction(manager, transactionId);
  const payloads = await payloadsOf(manager, transactionId);
  if (payloads.length === 0) throw new NothingToSign(transactionId, row.state);
  const { hash, payload } = matching(transactionId, row.signer, payloads, raw);
  const [known] = await manager.query('SELECT 1 FROM weir.outbox_handed_in WHERE hash = $1', [hash]);
  if (known) return { hash };
  if (!OPEN.includes(row.state)) throw new NothingToSign(transactionId, row.state);
  await manager.query(
    'INSERT INTO weir.outbox_handed_in (hash, transaction_id, raw, max_fee_per_gas) VALUES ($1, $2, $3, $4)',
    [hash, transactionId, raw.toLowerCase(), payload.maxFeePerGas.toString()],
  );
  return { hash };
}

/** Makes attempts of what was handed in for one account; the turn's broadcasting sends them. */
export async function takeHandedIn(context: OutboxContext, signer: Hex): Promise<void> {
  await systemTransaction(context.dataSource, async (manager) => {
    const rows: { id: string; state: OutboxState; raw: Hex }[] = await manager.query(
      `SELECT t.id, t.state, h.raw FROM weir.outbox_handed_in h JOIN weir.outbox_transaction t ON t.id = h.transaction_id
        WHERE t.signer = $1 AND t.state = ANY ($2)
          AND NOT EXISTS (SELECT 1 FROM weir.outbox_attempt a WHERE a.hash = h.hash)
        ORDER BY t.nonce, h.handed_in_at FOR UPDATE OF t`,
      [signer, OPEN],
    );
    for (const { id, raw } of rows) {
      const { hash, payload } = matching(id, signer, await payloadsOf(manager, id), raw);
      const { gasLimit, maxFeePerGas, maxPriorityFeePerGas } = payload;
      const signedAt = context.clock();
      await storeAttempt(manager, id, { raw, hash, gasLimit, maxFeePerGas, maxPriorityFeePerGas, signedAt });
      await change(manager, id, { state: 'signed', hash });
    }
  });
}

function matching(id: string, signer: Hex, payloads: Payload[], raw: Hex): { hash: Hex; payload: Payload } {
  const transaction = parsed(id, raw);
  const from = transaction.from?.toLowerCase() ?? 'nobody';
  if (from !== signer) throw new SignedBytesRefused(id, [`it is signed by ${from} and not by ${signer}`]);
  const payload = payloads.find(({ unsigned }) => unsigned === transaction.unsignedSerialized);
  if (!payload) throw new SignedBytesRefused(id, differences(transaction, payloads[0]));
  return { hash: keccak256(raw.toLowerCase()) as Hex, payload };
}

function parsed(id: string, raw: Hex): Transaction {
  try {
    return Transaction.from(raw);
  } catch (error) {
    const detail = error instanceof Error && 'shortMessage' in error ? String(error.shortMessage) : 'no hex';
    throw new SignedBytesRefused(id, [`these bytes are no signed transaction (${detail})`]);
  }
}

const FIELDS = [
  ...['type', 'chainId', 'nonce', 'to', 'value', 'data'],
  ...['gasLimit', 'maxFeePerGas', 'maxPriorityFeePerGas'],
] as (string & keyof Transaction)[];

function differences(given: Transaction, latest: Payload | undefined): string[] {
  if (!latest) return ['nothing was laid out'];
  const wanted = Transaction.from(latest.unsigned);
  const differing = FIELDS.filter((field) => String(given[field]) !== String(wanted[field]));
  return differing.map(
    (field) => `its ${field} is ${String(given[field])} and was laid out as ${String(wanted[field])}`,
  );
}
