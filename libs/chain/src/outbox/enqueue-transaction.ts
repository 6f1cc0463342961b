import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';
import { OutboxConflict } from './outbox.errors.js';

/** A transaction to be sent once. Hex strings in any case; they are stored in lower case. */
export interface TransactionRequest {
  /** Deterministic, from the natural key of what it does, e.g. `settle:<deal>:<period>`. */
  id: string;
  signer: Hex;
  /** null deploys a contract. */
  to: Hex | null;
  data: Hex;
  /** Estimated when not given; a given limit skips the estimate, and with it the early refusal of a revert. */
  gasLimit?: number;
  dealId?: string;
  /** For people: what it is for. */
  purpose: string;
}

/**
 * Puts a transaction into the outbox within the caller's unit of work. The same id with the same content again changes
 * nothing, so a repeated job does not repeat a payment.
 * @throws OutboxConflict when the id is taken by other content
 */
export async function enqueueTransaction(manager: EntityManager, request: TransactionRequest): Promise<void> {
  const values = [
    request.id,
    request.signer.toLowerCase(),
    request.to?.toLowerCase() ?? null,
    request.data.toLowerCase(),
    request.gasLimit ?? null,
    request.dealId ?? null,
    request.purpose,
  ];
  const inserted: unknown[] = await manager.query(
    `INSERT INTO weir.outbox_transaction (id, signer, "to", data, gas_limit, deal_id, purpose)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    values,
  );
  if (inserted.length === 1) return;
  const same: unknown[] = await manager.query(
    `SELECT 1 FROM weir.outbox_transaction WHERE id = $1 AND signer = $2 AND "to" IS NOT DISTINCT FROM $3
      AND data = $4 AND gas_limit IS NOT DISTINCT FROM $5 AND deal_id IS NOT DISTINCT FROM $6 AND purpose = $7`,
    values,
  );
  if (same.length === 0) throw new OutboxConflict(request.id);
}
