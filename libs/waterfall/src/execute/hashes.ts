import type { Hex } from '@weir/money';
import { keccakWords } from '../program/bytes.js';

/** One executed PAY as the chain logs it: slot ids and cents. */
export interface LoggedTransfer {
  from: number;
  to: number;
  amount: bigint;
}

/** One executed PAY with what it owed (due − amount fell short) and its instruction's byte offset in the code. */
export interface Transfer extends LoggedTransfer {
  due: bigint;
  offset: number;
}

/** The transfer as the chain logs it: from operand << 240 | to operand << 224 | amount; an operand is 32 × slot id. */
export function transferWord({ from, to, amount }: LoggedTransfer): bigint {
  return (BigInt(32 * from) << 240n) | (BigInt(32 * to) << 224n) | amount;
}

/** keccak256 of all slots after the run (K…T) and then the transfer words, in order. */
export function resultHashOf(slots: readonly bigint[], transfers: readonly LoggedTransfer[]): Hex {
  return keccakWords([...slots, ...transfers.map(transferWord)]);
}

/** keccak256 of the account words and then the state words. */
export function stateHashOf(words: readonly bigint[]): Hex {
  return keccakWords(words);
}
