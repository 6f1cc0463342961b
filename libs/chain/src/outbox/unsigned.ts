import { Transaction } from 'ethers';
import type { Fees } from '../rpc/node.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';

/** The unsigned transaction of a row that has its nonce. */
export function transactionOf(
  chainId: number,
  { nonce, to, data }: Pick<OutboxTransaction, 'to' | 'data' | 'nonce'>,
  gasLimit: bigint,
  { maxFeePerGas, maxPriorityFeePerGas }: Fees,
): Transaction {
  return Transaction.from({ type: 2, chainId, nonce, to, data, gasLimit, maxFeePerGas, maxPriorityFeePerGas });
}

/** Fees of a replacement: nodes take one from 10 % above; 25 % gets there with fewer attempts. */
export function raised(latest: Fees, market: Fees): Fees {
  const more = (old: bigint, now: bigint) => {
    const least = (old * 5n) / 4n + 1n;
    return least > now ? least : now;
  };
  return {
    maxFeePerGas: more(latest.maxFeePerGas, market.maxFeePerGas),
    maxPriorityFeePerGas: more(latest.maxPriorityFeePerGas, market.maxPriorityFeePerGas),
  };
}
