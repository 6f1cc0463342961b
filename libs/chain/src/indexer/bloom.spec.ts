import { describe, expect, it } from '@jest/globals';
import type { Hex } from '../signers/signer.js';
import { mayHoldLogOf } from './bloom.js';

const ADDRESS: Hex = '0x0000000000000000000000000000000000000000';
/**
 * keccak-256 of twenty zero bytes begins 0x5380c7b7ae81 (as in Solidity's keccak256(abi.encodePacked(address(0)))):
 * 0x5380 mod 2048 = 0x380 = 896, 0xc7b7 mod 2048 = 0x7b7 = 1975, 0xae81 mod 2048 = 0x681 = 1665.
 */
const BITS = [896, 1975, 1665];

const bloomOf = (bits: number[]): Hex =>
  `0x${bits
    .reduce((bloom, bit) => bloom | (1n << BigInt(bit)), 0n)
    .toString(16)
    .padStart(512, '0')}`;

describe('the logs bloom of a block', () => {
  it('may hold a log of an address when all its three bits are set', () => {
    expect(mayHoldLogOf(bloomOf(BITS), ADDRESS)).toBe(true);
    expect(mayHoldLogOf(bloomOf([...BITS, 0, 2047]), ADDRESS)).toBe(true);
  });

  it.each(BITS)('holds none when bit %i is not', (bit) => {
    expect(mayHoldLogOf(bloomOf(BITS.filter((one) => one !== bit)), ADDRESS)).toBe(false);
  });
});
