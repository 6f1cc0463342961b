import type { Hex } from '../signers/signer.js';
import { RpcAnswerMissing } from '../outbox/outbox.errors.js';
import type { Rpc } from './rpc.js';
import { rpcFault } from './rpc-fault.js';

/** What the chain says of a mined transaction. */
export interface Receipt {
  blockNumber: number;
  blockHash: Hex;
  succeeded: boolean;
  gasUsed: number;
  contractAddress: Hex | null;
}

/** In wei per unit of gas. */
export interface Fees {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

/** How a node took signed bytes: `known` and `nonce-used` mean that it had them, or mined that nonce, before. */
export type Acceptance = 'accepted' | 'known' | 'nonce-used' | 'underpriced';

/** A receipt as a node gives it; `blockNumber` is null while the transaction waits. */
interface RawReceipt {
  blockNumber: Hex | null;
  blockHash: Hex;
  status: Hex;
  gasUsed: Hex;
  contractAddress: Hex | null;
}

const GWEI = 1_000_000_000n;

const REFUSALS: [RegExp, Acceptance][] = [
  [/already known|already imported|already exists/i, 'known'],
  [/nonce too low|nonce has already been used/i, 'nonce-used'],
  [/underpriced|less than block base fee|fee too low|fee cap/i, 'underpriced'],
];

/** The few questions that the outbox asks a node. Errors of the provider pass through. */
export class Node {
  constructor(private readonly rpc: Rpc) {}

  async head(): Promise<number> {
    return Number(await this.ask('eth_blockNumber', []));
  }

  /** Transactions of the account up to a block: the next nonce there. */
  async transactionCount(address: Hex, at: 'latest' | 'pending' | number): Promise<number> {
    const block = typeof at === 'number' ? `0x${at.toString(16)}` : at;
    return Number(await this.ask('eth_getTransactionCount', [address, block]));
  }

  /** Gas for the call on top of what is pending. */
  async estimateGas(call: { from: Hex; to: Hex | null; data: Hex }): Promise<bigint> {
    const { from, to, data } = call;
    return BigInt((await this.ask('eth_estimateGas', [{ from, ...(to && { to }), data }, 'pending'])) as Hex);
  }

  /** Fees that stay above the base fee while it doubles (six full blocks). */
  async fees(): Promise<Fees> {
    const block = (await this.ask('eth_getBlockByNumber', ['latest', false])) as { baseFeePerGas?: Hex | null };
    const tip = await this.rpc.send('eth_maxPriorityFeePerGas', []).then(
      (wei) => BigInt(wei as Hex),
      () => GWEI,
    );
    return { maxFeePerGas: 2n * BigInt(block.baseFeePerGas ?? 0) + tip, maxPriorityFeePerGas: tip };
  }

  async knows(hash: Hex): Promise<boolean> {
    return (await this.rpc.send('eth_getTransactionByHash', [hash])) !== null;
  }

  async receipt(hash: Hex): Promise<Receipt | null> {
    const found = (await this.rpc.send('eth_getTransactionReceipt', [hash])) as RawReceipt | null;
    if (!found || found.blockNumber === null) return null;
    return {
      blockNumber: Number(found.blockNumber),
      blockHash: found.blockHash,
      succeeded: Number(found.status) === 1,
      gasUsed: Number(found.gasUsed),
      contractAddress: found.contractAddress ? (found.contractAddress.toLowerCase() as Hex) : null,
    };
  }

  /** Sends signed bytes. Sending them again is harmless: one nonce is mined once. */
  async broadcast(raw: Hex): Promise<Acceptance> {
    try {
      await this.rpc.send('eth_sendRawTransaction', [raw]);
      return 'accepted';
    } catch (error) {
      const message = rpcFault(error)?.message ?? '';
      const refusal = REFUSALS.find(([pattern]) => pattern.test(message));
      if (!refusal) throw error;
      return refusal[1];
    }
  }

  private async ask(method: string, params: unknown[]): Promise<unknown> {
    const answer = await this.rpc.send(method, params);
    if (answer === null || answer === undefined) throw new RpcAnswerMissing(method, params);
    return answer;
  }
}
