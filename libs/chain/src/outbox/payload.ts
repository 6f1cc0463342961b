import { Transaction } from 'ethers';
import type { EntityManager } from 'typeorm';
import type { Fees } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import { TransactionNotSeen } from './outbox.errors.js';
import { OutboxTransaction } from './outbox-transaction.entity.js';

/** One form of a transaction as its account is asked to sign it. */
export interface Payload extends Fees {
  /** The unsigned transaction, serialised by EIP-2718: what is signed is its hash. */
  unsigned: Hex;
  gasLimit: bigint;
  laidOutAt: Date;
}

/** A payload for the person who signs: every field of the transaction, amounts in wei as decimal integers. */
export interface PayloadView {
  readonly transactionId: string;
  readonly purpose: string;
  readonly chainId: number;
  readonly from: Hex;
  /** null deploys a contract. */
  readonly to: Hex | null;
  readonly nonce: number;
  readonly value: string;
  readonly data: Hex;
  readonly gasLimit: string;
  readonly maxFeePerGas: string;
  readonly maxPriorityFeePerGas: string;
  readonly unsigned: Hex;
  /** Keccak-256 of `unsigned`, which the account signs. */
  readonly signingHash: Hex;
  readonly laidOutAt: string;
}

interface PayloadRow {
  transaction_id: string;
  unsigned: Hex;
  gas_limit: string;
  max_fee_per_gas: string;
  max_priority_fee_per_gas: string;
  laid_out_at: Date;
}

const payloadOf = (row: PayloadRow): Payload => ({
  unsigned: row.unsigned,
  gasLimit: BigInt(row.gas_limit),
  maxFeePerGas: BigInt(row.max_fee_per_gas),
  maxPriorityFeePerGas: BigInt(row.max_priority_fee_per_gas),
  laidOutAt: row.laid_out_at,
});

/** Forms laid out of one transaction, the dearest (which is the latest) first. */
export async function payloadsOf(manager: EntityManager, id: string): Promise<Payload[]> {
  const rows: PayloadRow[] = await manager.query(
    'SELECT * FROM weir.outbox_payload WHERE transaction_id = $1 ORDER BY max_fee_per_gas DESC',
    [id],
  );
  return rows.map(payloadOf);
}

/** Adds a form; the same fees again change nothing. */
export async function storePayload(manager: EntityManager, id: string, payload: Payload): Promise<void> {
  const { unsigned, gasLimit, maxFeePerGas, maxPriorityFeePerGas, laidOutAt } = payload;
  await manager.query(
    `INSERT INTO weir.outbox_payload
      (transaction_id, unsigned, gas_limit, max_fee_per_gas, max_priority_fee_per_gas, laid_out_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [id, unsigned, gasLimit.toString(), maxFeePerGas.toString(), maxPriorityFeePerGas.toString(), laidOutAt],
  );
}

/** What waits for a signature and the caller may see, in order of accounts and nonces: the latest form of each. */
export async function waitingPayloads(manager: EntityManager): Promise<PayloadView[]> {
  const rows: (PayloadRow & { signer: Hex; purpose: string })[] = await manager.query(
    `SELECT DISTINCT ON (t.signer, t.nonce) p.*, t.signer, t.purpose
      FROM weir.outbox_payload p JOIN weir.outbox_transaction t ON t.id = p.transaction_id
      WHERE t.state IN ('laid-out', 'signed', 'sent') AND NOT EXISTS (SELECT 1 FROM weir.outbox_handed_in h
        WHERE h.transaction_id = p.transaction_id AND h.max_fee_per_gas >= p.max_fee_per_gas)
      ORDER BY t.signer, t.nonce, p.max_fee_per_gas DESC`,
  );
  return rows.map((row) => viewOf(row.transaction_id, row, payloadOf(row)));
}

/** The row of a transaction that the caller may see. @throws TransactionNotSeen */
export async function seenTransaction(manager: EntityManager, id: string): Promise<OutboxTransaction> {
  const row = await manager.findOneBy(OutboxTransaction, { id });
  if (row === null) throw new TransactionNotSeen(id);
  return row;
}

function viewOf(transactionId: string, row: { signer: Hex; purpose: string }, payload: Payload): PayloadView {
  const { chainId, to, nonce, value, data, unsignedHash } = Transaction.from(payload.unsigned);
  return {
    transactionId,
    purpose: row.purpose,
    chainId: Number(chainId),
    from: row.signer,
    to: to === null ? null : (to.toLowerCase() as Hex),
    nonce,
    value: value.toString(),
    data: data as Hex,
    gasLimit: payload.gasLimit.toString(),
    maxFeePerGas: payload.maxFeePerGas.toString(),
    maxPriorityFeePerGas: payload.maxPriorityFeePerGas.toString(),
    unsigned: payload.unsigned,
    signingHash: unsignedHash as Hex,
    laidOutAt: payload.laidOutAt.toISOString(),
  };
}
