import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Hex } from '../signers/signer.js';

/**
 * queued → (laid-out: nonce taken, its account signs elsewhere →) signed (nonce and bytes stored) → sent → mined → final; `failed` with a reason, either before a nonce was
 * taken (the call would revert) or because the transaction reverted on chain.
 */
export type OutboxState = 'queued' | 'laid-out' | 'signed' | 'sent' | 'mined' | 'final' | 'failed';

/** Postgres gives a bigint as text; the values here are far below 2^53. */
const count = {
  from: (text: string | null) => (text === null ? null : Number(text)),
  to: (value: number | null) => value,
};

/** A transaction that Weir wants on chain, and how far it has come. */
@Entity({ name: 'outbox_transaction', schema: 'weir' })
export class OutboxTransaction {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'bigint', transformer: count, insert: false, update: false })
  position!: number;

  @Column({ type: 'uuid', name: 'deal_id', nullable: true })
  dealId!: string | null;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ type: 'text' })
  signer!: Hex;

  /** null for a deployment. */
  @Column({ type: 'text', nullable: true })
  to!: Hex | null;

  @Column({ type: 'text' })
  data!: Hex;

  @Column({ type: 'bigint', name: 'gas_limit', transformer: count, nullable: true })
  gasLimit!: number | null;

  @Column({ type: 'text' })
  state!: OutboxState;

  @Column({ type: 'bigint', transformer: count, nullable: true })
  nonce!: number | null;

  /** Of the attempt that was mined, else of the last one signed. */
  @Column({ type: 'text', nullable: true })
  hash!: Hex | null;

  @Column({ type: 'bigint', name: 'block_number', transformer: count, nullable: true })
  blockNumber!: number | null;

  @Column({ type: 'text', name: 'block_hash', nullable: true })
  blockHash!: Hex | null;

  /** The receipt's status; null until mined. */
  @Column({ type: 'boolean', nullable: true })
  succeeded!: boolean | null;

  @Column({ type: 'bigint', name: 'gas_used', transformer: count, nullable: true })
  gasUsed!: number | null;

  /** Address of the deployed contract, lower case, once mined. */
  @Column({ type: 'text', name: 'contract_address', nullable: true })
  contractAddress!: Hex | null;

  /** Why it failed, in words. */
  @Column({ type: 'text', nullable: true })
  failure!: string | null;
}

/** Entities that a data source needs for this library. */
export const CHAIN_ENTITIES = [OutboxTransaction];
