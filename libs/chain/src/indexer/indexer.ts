import type { Interface } from 'ethers';
import { systemTransaction } from '@weir/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import type { Rpc } from '../rpc/rpc.js';
import { refuseWrongChain } from '../rpc/wrong-chain.js';
import type { Hex } from '../signers/signer.js';
import { BlockReader, type BlockHead } from './block-reader.js';
import * as rows from './chain-rows.js';
import { decodeLog, type RawLog } from './event-decoder.js';
import { BlockMissing, ChainMoved } from './indexer.errors.js';
import type { Projection } from './projection.js';

/** Contracts to follow, by lower-case address. Asked in every batch, so a contract may be added at any time. */
export type ContractDirectory = (manager: EntityManager) => Promise<Map<Hex, Interface>>;

export interface IndexerOptions {
  dataSource: DataSource;
  rpc: Rpc;
  chainId: number;
  contracts: ContractDirectory;
  projections: readonly Projection[];
  /** Blocks on top of an event's block before it counts as final. */
  finalityDepth: number;
  /** First block to read; 0 unless given. */
  startBlock?: number;
  /** Blocks read in one tick at most; 50 unless given. */
  batchSize?: number;
}

/** Blocks whose logs are asked for at once when a contract becomes known late. */
const BACKFILL_BLOCKS = 1000;

/** What one tick did. */
export interface IndexerReport {
  /** Last indexed block, or null when nothing is indexed. */
  indexed: number | null;
  /** The chain's last block. */
  head: number;
  applied: number;
  unwound: number;
  finalised: number;
}

/**
 * Reads watched contracts' events into the database. A tick is one database transaction: blocks, events, projections and
 * checkpoint move together, so a crash or a failing projection leaves the state of the tick before.
 */
export class Indexer {
  private readonly reader: BlockReader;
  private readonly startBlock: number;
  private readonly batchSize: number;

  constructor(private readonly options: IndexerOptions) {
    this.reader = new BlockReader(options.rpc);
    this.startBlock = options.startBlock ?? 0;
    this.batchSize = options.batchSize ?? 50;
  }

  /**
   * Unwinds what the chain has dropped (other parent hash, or a chain shorter than the checkpoint), else reads the next
   * blocks; then finalises what is deep enough. Gives null when another process is indexing at this moment.
   * @throws WrongChain, ChainMoved, BlockMissing when the node's answers do not fit together; nothing is changed then
   */
  async tick(): Promise<IndexerReport | null> {
    await refuseWrongChain(this.options.rpc, this.options.chainId);
    return systemTransaction(this.options.dataSource, async (manager) => {
      const [lock] = await manager.query(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('weir.indexer', 0)) AS got`,
      );
      if (!lock.got) return null;
      const head = await this.reader.head();
      const known = await rows.readCheckpoint(manager);
      const common = await this.commonAncestor(manager, known, head);
      const unwound = common === known ? 0 : await this.unwind(manager, common);
      const { applied, reached } = await this.follow(manager, common, head);
      const finalised = await this.finalise(manager, reached, head);
      return { indexed: reached?.blockNumber ?? null, head, applied, unwound, finalised };
    });
  }

  /** The checkpoint itself when the chain still has it, else the last stored block that the chain has, else null. */
  private async commonAncestor(manager: EntityManager, known: rows.Checkpoint | null, head: number) {
    if (!known || (await this.onChain(known, head))) return known;
    for (let from = Math.min(known.blockNumber - 1, head); ;) {
      const stored = await rows.storedBlocks(manager, from, this.batchSize);
      for (const block of stored) if (await this.onChain(block, head)) return block;
      const lowest = stored.at(-1);
      if (!lowest) return null;
      from = lowest.blockNumber - 1;
    }
  }

  /** @throws BlockMissing when the node has no block below its own head: it can't be judged by */
  private async onChain({ blockNumber, blockHash }: rows.Checkpoint, head: number): Promise<boolean> {
    if (blockNumber > head) return false;
    const block = await this.reader.block(blockNumber);
    if (block === null) throw new BlockMissing(blockNumber);
    return block.hash === blockHash;
  }

  private async unwind(manager: EntityManager, common: rows.Checkpoint | null): Promise<number> {
    const last = common?.blockNumber ?? -1;
    const events = await rows.eventsAbove(manager, last);
    for (const event of events) {
      for (const projection of [...this.options.projections].reverse()) await projection.unwind(event, manager);
    }
    await rows.deleteAbove(manager, last);
    await rows.writeCheckpoint(manager, common);
    return events.length;
  }

  private async follow(manager: EntityManager, known: rows.Checkpoint | null, head: number) {
    const from = known ? known.blockNumber + 1 : this.startBlock;
    const to = Math.min(from + this.batchSize - 1, head);
    const contracts = await this.options.contracts(manager);
    let applied = await this.backfill(manager, contracts, from - 1);
    if (to < from) return { applied, reached: known };
    const blocks = await this.reader.blocks(from, to);
    if (known && blocks[0]?.parentHash !== known.blockHash) throw new ChainMoved(from);
    const logs = await this.reader.logs(blocks, [...contracts.keys()]);
    await rows.insertBlocks(manager, blocks);
    applied += await this.applyLogs(manager, contracts, logs, new Map(blocks.map((block) => [block.number, block])));
    const last = blocks.at(-1) as BlockHead;
    const reached = { blockNumber: last.number, blockHash: last.hash };
    await rows.writeCheckpoint(manager, reached);
    return { applied, reached };
  }

  /** A contract that becomes known after its blocks were read gets its earlier events now. */
  private async backfill(manager: EntityManager, contracts: Map<Hex, Interface>, to: number): Promise<number> {
    const added = await rows.watchNew(manager, [...contracts.keys()]);
    if (added.length === 0) return 0;
    let applied = 0;
    for (let from = this.startBlock; from <= to;) {
      const blocks = await rows.storedRange(manager, from, to, BACKFILL_BLOCKS);
      const last = blocks.at(-1);
      if (!last) break;
      const logs = await this.reader.logs(blocks, added);
      applied += await this.applyLogs(manager, contracts, logs, new Map(blocks.map((block) => [block.number, block])));
      from = last.number + 1;
    }
    return applied;
  }

  private async applyLogs(
    manager: EntityManager,
    contracts: Map<Hex, Interface>,
    logs: RawLog[],
    blocks: Map<number, Pick<BlockHead, 'hash' | 'timestamp'>>,
  ): Promise<number> {
    let applied = 0;
    for (const log of logs) {
      const block = blocks.get(Number(log.blockNumber));
      if (block?.hash !== log.blockHash) throw new ChainMoved(Number(log.blockNumber));
      const contract = contracts.get(log.address.toLowerCase() as Hex);
      const event = contract ? decodeLog(log, contract, block.timestamp) : null;
      if (!event) continue;
      await rows.insertEvent(manager, event);
      for (const projection of this.options.projections) await projection.apply(event, manager);
      applied += 1;
    }
    return applied;
  }

  private async finalise(manager: EntityManager, reached: rows.Checkpoint | null, head: number): Promise<number> {
    const horizon = Math.min(head - this.options.finalityDepth, reached?.blockNumber ?? -1);
    const events = await rows.provisionalUpTo(manager, horizon);
    for (const event of events) {
      for (const projection of this.options.projections) await projection.finalise({ ...event, final: true }, manager);
    }
    if (events.length > 0) await rows.markFinalUpTo(manager, horizon);
    return events.length;
  }
}
