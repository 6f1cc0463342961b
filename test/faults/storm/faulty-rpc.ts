import type { Rpc } from '@weir/chain';
import type { Random } from '../../laws/random.js';

/** What a node, or the way to it, does wrong. */
export const RPC_FAULTS = [
  'request lost',
  'answer lost',
  'too many requests',
  'empty answer',
  'stale head',
  'wrong chain',
] as const;
export type RpcFaultName = (typeof RPC_FAULTS)[number];

class NodeSilent extends Error {
  readonly code = 'TIMEOUT';
}

/** As ethers tells of an HTTP answer 429. */
class TooManyRequests extends Error {
  readonly code = 'SERVER_ERROR';
}

class UnknownBlock extends Error {
  readonly code = -32_000;
}

interface LogFilter {
  readonly blockHash?: string;
  readonly fromBlock?: string;
  readonly toBlock?: string;
}

/** Blocks by which a stale node lags at most. */
const MOST_LAG = 10;

/** A way to a node on which each question may go wrong; it counts what went wrong. */
export class FaultyRpc implements Rpc {
  constructor(
    private readonly node: Rpc,
    private readonly random: Random,
    /** Questions in a hundred that go wrong. */
    private readonly percent: number,
    private readonly counts: Record<string, number>,
  ) {}

  async send(method: string, params: unknown[]): Promise<unknown> {
    if (!this.random.chance(this.percent)) return this.node.send(method, params);
    const fault = this.random.pick(RPC_FAULTS);
    this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    switch (fault) {
      case 'request lost':
        throw new NodeSilent(method);
      case 'answer lost':
        await this.node.send(method, params).catch(() => undefined);
        throw new NodeSilent(method);
      case 'too many requests':
        throw new TooManyRequests('server response 429 Too Many Requests');
      case 'empty answer':
        return null;
      case 'wrong chain':
        return method === 'eth_chainId' ? '0x5' : this.node.send(method, params);
      case 'stale head':
        return this.asOfOldHead(method, params);
    }
  }

  /** The answer of a node behind the same address that lags some blocks. */
  private async asOfOldHead(method: string, params: unknown[]): Promise<unknown> {
    const head = Number(await this.node.send('eth_blockNumber', []));
    const old = Math.max(0, head - 1 - this.random.below(MOST_LAG));
    const block = `0x${old.toString(16)}`;
    const isLater = (at: unknown) => at === 'latest' || at === 'pending' || Number(at) > old;
    switch (method) {
      case 'eth_blockNumber':
        return block;
      case 'eth_getBlockByNumber':
        if (params[0] === 'latest') return this.node.send(method, [block, false]);
        return isLater(params[0]) ? null : this.node.send(method, params);
      case 'eth_getTransactionCount':
        return this.node.send(method, [params[0], isLater(params[1]) ? block : params[1]]);
      case 'eth_getTransactionReceipt':
      case 'eth_getTransactionByHash': {
        const found = (await this.node.send(method, params)) as { blockNumber: string | null } | null;
        return found && found.blockNumber !== null && Number(found.blockNumber) <= old ? found : null;
      }
      case 'eth_getLogs':
        return this.logsUpTo(old, params[0] as LogFilter);
      default:
        return this.node.send(method, params);
    }
  }

  /** As nodes do: later blocks of a range are left out without a word, a block asked for by its hash must be known. */
  private async logsUpTo(old: number, filter: LogFilter): Promise<unknown> {
    if (filter.blockHash !== undefined) {
      const block = (await this.node.send('eth_getBlockByHash', [filter.blockHash, false])) as {
        number: string;
      } | null;
      if (block === null || Number(block.number) > old) throw new UnknownBlock('unknown block');
      return this.node.send('eth_getLogs', [filter]);
    }
    if (Number(filter.fromBlock) > old) return [];
    const toBlock = `0x${Math.min(Number(filter.toBlock), old).toString(16)}`;
    return this.node.send('eth_getLogs', [{ ...filter, toBlock }]);
  }
}
