import { id, Interface, toBeHex, zeroPadValue } from 'ethers';

type Hex = `0x${string}`;

/** What the contract below emits and reverts with. */
export const PINGER = new Interface(['event Ping(uint256 value)', 'error ZeroPing()']);

const topic = id('Ping(uint256)').slice(2);
const selector = id('ZeroPing()').slice(2, 10);

/**
 * Bytes that deploy a small contract: called with one word it emits Ping(word), or reverts with ZeroPing() when the word
 * is zero. Written by hand, so that specs need no compiler.
 */
export function pingerDeployment(): Hex {
  // PUSH1 0 MSTORE PUSH32 topic PUSH1 32 PUSH1 0 LOG1 STOP
  const emit = `6000527f${topic}60206000a100`;
  // PUSH1 0 CALLDATALOAD DUP1 ISZERO PUSH1 target JUMPI
  const guard = (target: number) => `600035801560${target.toString(16).padStart(2, '0')}57`;
  const start = guard(0).length / 2 + emit.length / 2;
  // JUMPDEST PUSH4 selector PUSH1 224 SHL PUSH1 0 MSTORE PUSH1 4 PUSH1 0 REVERT
  const code = `${guard(start)}${emit}5b63${selector}60e01b60005260046000fd`;
  const size = toBeHex(code.length / 2, 1).slice(2);
  // PUSH1 size DUP1 PUSH1 11 PUSH1 0 CODECOPY PUSH1 0 RETURN: eleven bytes, then the code
  return `0x60${size}80600b6000396000f3${code}`;
}

/** Call data that makes the contract emit Ping(value). */
export function ping(value: bigint): Hex {
  return zeroPadValue(toBeHex(value), 32) as Hex;
}
