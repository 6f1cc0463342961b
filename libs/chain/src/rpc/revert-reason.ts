import { Interface, type ErrorDescription } from 'ethers';
import type { RpcFault } from './rpc-fault.js';

/** Panic codes of the Solidity documentation, section "Panic via assert and Error via require". */
const PANICS: Record<string, string> = {
  '1': 'a failed assertion',
  '17': 'arithmetic overflow or underflow',
  '18': 'division by zero',
  '33': 'a value outside its enum',
  '34': 'broken storage bytes',
  '49': 'pop of an empty array',
  '50': 'an index out of range',
  '65': 'too much memory',
  '81': 'a call of an unset function',
};

const BUILT_IN = new Interface(['error Error(string reason)', 'error Panic(uint256 code)']);

/** True when the node refused because the call itself reverts, not because of the node, the network or the fee. */
export function isRevert(fault: RpcFault): boolean {
  return fault.code === 3 || fault.data !== null || /revert|invalid opcode|out of gas/i.test(fault.message);
}

/** A revert in words: its reason string, panic, or custom error with its arguments when an interface knows it. */
export function revertReason(fault: RpcFault, errors: readonly Interface[]): string {
  const { data } = fault;
  if (data === null || data.length < 10) return fault.message;
  for (const known of [BUILT_IN, ...errors]) {
    const description = parse(known, data);
    if (description) return inWords(description);
  }
  return `reverted with an error unknown to Weir: ${data}`;
}

function parse(known: Interface, data: string): ErrorDescription | null {
  try {
    return known.parseError(data);
  } catch {
    return null;
  }
}

function inWords({ name, args, fragment }: ErrorDescription): string {
  if (name === 'Error') return String(args[0]);
  if (name === 'Panic') return `panic: ${PANICS[String(args[0])] ?? `code ${String(args[0])}`}`;
  return `${name}(${fragment.inputs.map((input, i) => `${input.name || i}: ${String(args[i])}`).join(', ')})`;
}
