import { getBytes, keccak256 } from 'ethers';
import type { Hex } from '../signers/signer.js';

/**
 * Whether a block with this logs bloom can hold a log of the address (Yellow Paper, section 4.3.1, function M3:2048: three
 * bits of the keccak hash, each by eleven bits of one of its first three pairs of bytes). False is certain.
 */
export function mayHoldLogOf(logsBloom: Hex, address: Hex): boolean {
  const bloom = getBytes(logsBloom);
  const hash = getBytes(keccak256(address));
  return [0, 2, 4].every((at) => {
    const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 0x7ff;
    const byte = bloom[bloom.length - 1 - (bit >> 3)] ?? 0;
    return (byte & (1 << (bit & 7))) !== 0;
  });
}
