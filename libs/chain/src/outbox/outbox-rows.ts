import { IsNull, Not, type EntityManager } from 'typeorm';
import type { Fees, Receipt } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import { OutboxTransaction } from './outbox-transaction.entity.js';

/** One signed form of a transaction. */
export interface Attempt extends Fees {
  hash: Hex;
  raw: Hex;
  gasLimit: bigint;
  signedAt: Date;
}

interface AttemptRow {
  hash: Hex;
  raw: Hex;
  gas_limit: string;
  max_fee_per_gas: string;
  max_priority_fee_per_gas: string;
  signed_at: Date;
}

/** An account that has anything in the outbox, and what there is to do for it. */
export interface SignerStanding {
  readonly signer: Hex;
  /** Whether a transaction of it waits, is on its way, or counts as replaced. */
  readonly isBusy: boolean;
  /** The nonce after the last that was given away: a chain that has counted fewer has lost some. */
  readonly next: number;
}

/** Accounts that have anything in the outbox, mined and final rows included: a chain cut short reopens them. */
export async function standingsOf(manager: EntityManager): Promise<SignerStanding[]> {
  const rows: { signer: Hex; isBusy: boolean; next: string }[] = await manager.query(
    `SELECT s.signer, coalesce(n.next, 0) AS next,
        EXISTS (SELECT 1 FROM weir.outbox_transaction t
          WHERE t.signer = s.signer AND t.state NOT IN ('final', 'failed'))
        OR EXISTS (SELECT 1 FROM weir.outbox_transaction t
          WHERE t.signer = s.signer AND t.state = 'failed' AND t.nonce IS NOT NULL AND t.block_number IS NULL) AS "isBusy"
      FROM (SELECT signer FROM weir.signer_nonce
        UNION SELECT signer FROM weir.outbox_transaction WHERE state NOT IN ('final', 'failed')) s
      LEFT JOIN weir.signer_nonce n ON n.signer = s.signer ORDER BY s.signer`,
  );
  return rows.map((row) => ({ ...row, next: Number(row.next) }));
}

export function queuedRows(manager: EntityManager, signer: Hex, limit: number): Promise<OutboxTransaction[]> {
  return manager.find(OutboxTransaction, {
    where: { signer, state: 'queued' },
    order: { position: 'ASC' },
    take: limit,
  });
}

/** Rows that hold a nonce and are not final yet, in nonce order. */
export function openRows(manager: EntityManager, signer: Hex): Promise<OutboxTransaction[]> {
  const states = ['laid-out', 'signed', 'sent', 'mined'] as const;
  return manager.find(OutboxTransaction, {
    where: states.map((state) => ({ signer, state })),
    order: { nonce: 'ASC' },
  });
}

/** Rows that failed because another transaction used their nonce. */
export function replacedRows(manager: EntityManager, signer: Hex): Promise<OutboxTransaction[]> {
  return manager.findBy(OutboxTransaction, { signer, state: 'failed', nonce: Not(IsNull()), blockNumber: IsNull() });
}

/** Signed forms of a transaction, the latest first. */
export async function attemptsOf(manager: EntityManager, id: string): Promise<Attempt[]> {
  const rows: AttemptRow[] = await manager.query(
    'SELECT * FROM weir.outbox_attempt WHERE transaction_id = $1 ORDER BY max_fee_per_gas DESC',
    [id],
  );
  return rows.map((row) => ({
    hash: row.hash,
    raw: row.raw,
    gasLimit: BigInt(row.gas_limit),
    maxFeePerGas: BigInt(row.max_fee_per_gas),
    maxPriorityFeePerGas: BigInt(row.max_priority_fee_per_gas),
    signedAt: row.signed_at,
  }));
}

export async function storeAttempt(manager: EntityManager, id: string, attempt: Attempt): Promise<void> {
  const { hash, raw, gasLimit, maxFeePerGas, maxPriorityFeePerGas, signedAt } = attempt;
  await manager.query(
    `INSERT INTO weir.outbox_attempt
      (hash, transaction_id, raw, gas_limit, max_fee_per_gas, max_priority_fee_per_gas, signed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [hash, id, raw, gasLimit.toString(), maxFeePerGas.toString(), maxPriorityFeePerGas.toString(), signedAt],
  );
}

/** Locks the signer's next nonce for the rest of the transaction; at least the chain's own count. */
export async function takeNonce(manager: EntityManager, signer: Hex, chainCount: number): Promise<number> {
  await manager.query('INSERT INTO weir.signer_nonce (signer, next) VALUES ($1, 0) ON CONFLICT DO NOTHING', [signer]);
  const [row] = await manager.query('SELECT next FROM weir.signer_nonce WHERE signer = $1 FOR UPDATE', [signer]);
  const nonce = Math.max(Number(row.next), chainCount);
  await manager.query('UPDATE weir.signer_nonce SET next = $2 WHERE signer = $1', [signer, nonce + 1]);
  return nonce;
}

/** Locks a row that is still queued; false when another sender was first. */
export async function lockQueued(manager: EntityManager, id: string): Promise<boolean> {
  const sql = `SELECT 1 FROM weir.outbox_transaction WHERE id = $1 AND state = 'queued' FOR UPDATE`;
  return (await manager.query(sql, [id])).length === 1;
}

export async function markMined(
  manager: EntityManager,
  row: OutboxTransaction,
  hash: Hex,
  receipt: Receipt,
  final: boolean,
): Promise<void> {
  const reverted = `reverted in block ${receipt.blockNumber} (transaction ${hash})`;
  const { blockNumber, blockHash, succeeded, gasUsed, contractAddress } = receipt;
  await change(manager, row.id, {
    state: !final ? 'mined' : succeeded ? 'final' : 'failed',
    failure: succeeded ? null : reverted,
    hash,
    blockNumber,
    blockHash,
    succeeded,
    gasUsed,
    contractAddress,
  });
}

const NOT_MINED = { blockNumber: null, blockHash: null, succeeded: null, gasUsed: null, contractAddress: null };

/** Back to `sent`: the block that had it is gone. */
export function markDropped(manager: EntityManager, id: string): Promise<void> {
  return change(manager, id, { state: 'sent', failure: null, ...NOT_MINED });
}

/** Reopens what the chain has forgotten: rows whose nonce the chain would accept again. Gives how many. */
export async function reopenLost(manager: EntityManager, signer: Hex, chainCount: number): Promise<number> {
  const [, changed] = await manager.query(
    `UPDATE weir.outbox_transaction SET state = 'sent', failure = NULL, block_number = NULL, block_hash = NULL,
        succeeded = NULL, gas_used = NULL, contract_address = NULL
      WHERE signer = $1 AND nonce >= $2 AND state IN ('mined', 'final', 'failed')`,
    [signer, chainCount],
  );
  return changed as number;
}

export async function change(manager: EntityManager, id: string, set: Partial<OutboxTransaction>): Promise<void> {
  await manager.update(OutboxTransaction, { id }, set);
}
