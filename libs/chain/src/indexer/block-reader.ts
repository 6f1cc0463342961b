import type { Hex } from '../signers/signer.js';
import type { Rpc } from '../rpc/rpc.js';
import type { RawLog } from './event-decoder.js';
import { BlockMissing, ChainMoved } from './indexer.errors.js';

/** What the indexer keeps of a block. */
export interface BlockHead {
  number: number;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970 UTC. */
  timestamp: number;
}

/** A block as a node gives it. */
interface RawBlock {
  number: Hex;
  hash: Hex;
  parentHash: Hex;
  timestamp: Hex;
}

const hex = (n: number) => `0x${n.toString(16)}`;

/** Reads blocks and logs and makes sure that they belong together. */
export class BlockReader {
  constructor(private readonly rpc: Rpc) {}

  async head(): Promise<number> {
    return Number(await this.rpc.send('eth_blockNumber', []));
  }

  async block(number: number): Promise<BlockHead | null> {
    const found = (await this.rpc.send('eth_getBlockByNumber', [hex(number), false])) as RawBlock | null;
    if (!found) return null;
    const { hash, parentHash, timestamp } = found;
    return { number: Number(found.number), hash, parentHash, timestamp: Number(timestamp) };
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

  /** Logs of the addresses in order of the chain. */
  async logs(from: number, to: number, addresses: Hex[]): Promise<RawLog[]> {
    if (addresses.length === 0 || from > to) return [];
    const filter = { fromBlock: hex(from), toBlock: hex(to), address: addresses };
    const logs = (await this.rpc.send('eth_getLogs', [filter])) as RawLog[];
    return [...logs].sort(
      (a, b) => Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex),
    );
  }
}
