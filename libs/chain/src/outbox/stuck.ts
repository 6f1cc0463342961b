import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';
import type { OutboxState } from './outbox-transaction.entity.js';

/** A transaction that has come no further for too long. */
export interface StuckTransaction {
  readonly id: string;
  readonly dealId: string | null;
  readonly signer: Hex;
  readonly state: OutboxState;
  readonly nonce: number | null;
  /** When it was queued, laid out or first signed. */
  readonly since: Date;
  /** Signed forms so far: the fees were raised one time fewer. */
  readonly attempts: number;
}

/**
 * Transactions that are neither mined nor failed and in their state since before an instant, the oldest first: not
 * signed by their account, not mined in spite of higher fees, or queued behind such a one.
 */
export async function stuckTransactions(manager: EntityManager, before: Date): Promise<StuckTransaction[]> {
  const rows: (Omit<StuckTransaction, 'nonce'> & { nonce: string | null })[] = await manager.query(
    `SELECT * FROM (
      SELECT t.id, t.deal_id AS "dealId", t.signer, t.state, t.nonce,
        (SELECT count(*)::int FROM weir.outbox_attempt a WHERE a.transaction_id = t.id) AS attempts,
        COALESCE(
          (SELECT min(a.signed_at) FROM weir.outbox_attempt a WHERE a.transaction_id = t.id),
          (SELECT min(p.laid_out_at) FROM weir.outbox_payload p WHERE p.transaction_id = t.id),
          t.created_at) AS since
        FROM weir.outbox_transaction t WHERE t.state IN ('queued', 'laid-out', 'signed', 'sent')) open
      WHERE since < $1 ORDER BY since, id`,
    [before],
  );
  return rows.map((row) => ({ ...row, nonce: row.nonce === null ? null : Number(row.nonce) }));
}
