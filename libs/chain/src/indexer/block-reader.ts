import type { Hex } from '../signers/signer.js';
import type { Rpc } from '../rpc/rpc.js';
import { RpcAnswerMissing } from '../outbox/outbox.errors.js';
import { mayHoldLogOf } from './bloom.js';
import type { RawLog } from './event-decoder.js';
import { BlockMissing, ChainMoved } from './indexer.errors.js';

/** What the indexer keeps of a block. */
export interface BlockHead {
  number: number;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970 UTC. */
  timestamp: number;
  /** 2,048 bits that tell which addresses have no log in it. */
  logsBloom: Hex;
}

/** What is needed of a block to know that its logs are all there; the bloom is null when it was not kept. */
export interface LoggedBlock {
  number: number;
  hash: Hex;
  logsBloom: Hex | null;
}

/** A block as a node gives it. */
interface RawBlock {
  number: Hex;
  hash: Hex;
  parentHash: Hex;
  timestamp: Hex;
  logsBloom: Hex;
}

const hex = (n: number) => `0x${n.toString(16)}`;

/** Reads blocks and logs and makes sure that they belong together. */
export class BlockReader {
  constructor(private readonly rpc: Rpc) {}

  async head(): Promise<number> {
    const head = await this.rpc.send('eth_blockNumber', []);
    // Taken for 0, no answer would look like a chain cut down to its first block.
    if (typeof head !== 'string') throw new RpcAnswerMissing('eth_blockNumber', []);
    return Number(head);
  }

  async block(number: number): Promise<BlockHead | null> {
    const found = (await this.rpc.send('eth_getBlockByNumber', [hex(number), false])) as RawBlock | null;
    if (!found) return null;
    const { hash, parentHash, timestamp, logsBloom } = found;
    return { number: Number(found.number), hash, parentHash, timestamp: Number(timestamp), logsBloom };
  }

  /** Consecutive blocks. @throws BlockMissing, ChainMoved when one does not follow the other */
  async blocks(from: number, to: number): Promise<BlockHead[]> {
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const blocks = await Promise.all(numbers.map((number) => this.block(number)));
    return blocks.map((block, i) => {
      if (!block) throw new BlockMissing(from + i);
      const before = blocks[i - 1];
      if (before && before.hash !== block.parentHash) throw new ChainMoved(block.number);
      return block;
    });
  }

  /**
   * Logs of the addresses in the blocks, in order of the chain. A node that lags behind the one that gave the blocks
   * answers with fewer logs and no error, so each block whose bloom tells of more is asked for by its hash.
   * @throws RpcAnswerMissing
   */
  async logs(blocks: readonly LoggedBlock[], addresses: Hex[]): Promise<RawLog[]> {
    const numbers = blocks.map(({ number }) => number);
    if (addresses.length === 0 || numbers.length === 0) return [];
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
    const found = await this.ask({ fromBlock: hex(from), toBlock: hex(to), address: addresses });
    const told = new Set(found.map(({ blockHash }) => blockHash));
    const doubtful = blocks.filter(
      ({ hash, logsBloom }) =>
        !told.has(hash) && (logsBloom === null || addresses.some((address) => mayHoldLogOf(logsBloom, address))),
    );
    for (const { hash } of doubtful) found.push(...(await this.ask({ blockHash: hash, address: addresses })));
    return found.sort(
      (a, b) => Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex),
    );
  }

  private async ask(filter: object): Promise<RawLog[]> {
    const logs = await this.rpc.send('eth_getLogs', [filter]);
    if (!Array.isArray(logs)) throw new RpcAnswerMissing('eth_getLogs', [filter]);
    return [...(logs as RawLog[])];
  }
}
