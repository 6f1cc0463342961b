import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';
import type { BlockHead, LoggedBlock } from './block-reader.js';
import type { ArgumentValue, ChainEvent } from './projection.js';

/** The last block whose events are in the database. */
export interface Checkpoint {
  blockNumber: number;
  blockHash: Hex;
}

interface EventRow {
  block_number: string;
  log_index: number;
  block_hash: Hex;
  block_timestamp: string;
  transaction_hash: Hex;
  address: Hex;
  name: string;
  args: Record<string, ArgumentValue>;
  final: boolean;
}

const NAME = 'indexer';

export async function readCheckpoint(manager: EntityManager): Promise<Checkpoint | null> {
  const rows = await manager.query('SELECT * FROM weir.chain_checkpoint WHERE name = $1', [NAME]);
  return rows[0] ? { blockNumber: Number(rows[0].block_number), blockHash: rows[0].block_hash } : null;
}

export async function writeCheckpoint(manager: EntityManager, checkpoint: Checkpoint | null): Promise<void> {
  if (!checkpoint) {
    await manager.query('DELETE FROM weir.chain_checkpoint WHERE name = $1', [NAME]);
    return;
  }
  await manager.query(
    `INSERT INTO weir.chain_checkpoint (name, block_number, block_hash) VALUES ($1, $2, $3)
      ON CONFLICT (name) DO UPDATE SET block_number = excluded.block_number, block_hash = excluded.block_hash`,
    [NAME, checkpoint.blockNumber, checkpoint.blockHash],
  );
}

export async function insertBlocks(manager: EntityManager, blocks: BlockHead[]): Promise<void> {
  await manager.query(
    `INSERT INTO weir.chain_block (number, hash, parent_hash, timestamp, logs_bloom)
      SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[])`,
    [
      blocks.map((b) => b.number),
      blocks.map((b) => b.hash),
      blocks.map((b) => b.parentHash),
      blocks.map((b) => b.timestamp),
      blocks.map((b) => b.logsBloom),
    ],
  );
}

/** Stored block hashes at or below a number, the highest first. */
export async function storedBlocks(manager: EntityManager, from: number, limit: number): Promise<Checkpoint[]> {
  const rows: { number: string; hash: Hex }[] = await manager.query(
    'SELECT number, hash FROM weir.chain_block WHERE number <= $1 ORDER BY number DESC LIMIT $2',
    [from, limit],
  );
  return rows.map((row) => ({ blockNumber: Number(row.number), blockHash: row.hash }));
}

/** A stored block for which logs are to be read. */
export interface StoredBlock extends LoggedBlock {
  timestamp: number;
}

/** Stored blocks of a range, in order, at most `limit`. */
export async function storedRange(
  manager: EntityManager,
  from: number,
  to: number,
  limit: number,
): Promise<StoredBlock[]> {
  const rows: { number: string; hash: Hex; timestamp: string; logs_bloom: Hex | null }[] = await manager.query(
    'SELECT * FROM weir.chain_block WHERE number BETWEEN $1 AND $2 ORDER BY number LIMIT $3',
    [from, to, limit],
  );
  return rows.map((row) => ({
    number: Number(row.number),
    hash: row.hash,
    timestamp: Number(row.timestamp),
    logsBloom: row.logs_bloom,
  }));
}

export async function deleteAbove(manager: EntityManager, number: number): Promise<void> {
  await manager.query('DELETE FROM weir.chain_event WHERE block_number > $1', [number]);
  await manager.query('DELETE FROM weir.chain_block WHERE number > $1', [number]);
}

export async function insertEvent(manager: EntityManager, event: ChainEvent): Promise<void> {
  await manager.query(
    `INSERT INTO weir.chain_event
      (block_number, log_index, block_hash, block_timestamp, transaction_hash, address, name, args)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)`,
    [
      event.blockNumber,
      event.logIndex,
      event.blockHash,
      event.blockTimestamp,
      event.transactionHash,
      event.address,
      event.name,
      JSON.stringify(event.args),
    ],
  );
}

/** Events above a block, the latest first: the order in which they are unwound. */
export async function eventsAbove(manager: EntityManager, number: number): Promise<ChainEvent[]> {
  const sql = 'SELECT * FROM weir.chain_event WHERE block_number > $1 ORDER BY block_number DESC, log_index DESC';
  return ((await manager.query(sql, [number])) as EventRow[]).map(eventOf);
}

/** Events that are not final though at or below the block, in order of the chain. */
export async function provisionalUpTo(manager: EntityManager, number: number): Promise<ChainEvent[]> {
  const sql = `SELECT * FROM weir.chain_event WHERE NOT final AND block_number <= $1 ORDER BY block_number, log_index`;
  return ((await manager.query(sql, [number])) as EventRow[]).map(eventOf);
}

export async function markFinalUpTo(manager: EntityManager, number: number): Promise<void> {
  await manager.query('UPDATE weir.chain_event SET final = true WHERE NOT final AND block_number <= $1', [number]);
}

/** Adds addresses to those watched and gives the ones that were new. */
export async function watchNew(manager: EntityManager, addresses: Hex[]): Promise<Hex[]> {
  const rows: { address: Hex }[] = await manager.query(
    `INSERT INTO weir.chain_watch (address) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING address`,
    [addresses],
  );
  return rows.map((row) => row.address);
}

function eventOf(row: EventRow): ChainEvent {
  return {
    blockNumber: Number(row.block_number),
    blockHash: row.block_hash,
    blockTimestamp: Number(row.block_timestamp),
    transactionHash: row.transaction_hash,
    logIndex: row.log_index,
    address: row.address,
    name: row.name,
    args: row.args,
    final: row.final,
  };
}
