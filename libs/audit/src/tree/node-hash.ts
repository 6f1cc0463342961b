import { keccak_256 } from '@noble/hashes/sha3';
import { bytesOf, hexOf, type Hex } from '@weir/money';
import { SumOutOfRange } from './errors.js';

/** The first byte of what is hashed, so that a leaf, a node and a root can never stand for one another. */
const DOMAIN = { leaf: 0, node: 1, root: 2 } as const;

const SUM_BYTES = 16;
const SUM_LIMIT = 1n << 128n;

/** A hash and the sums that it commits to. */
export interface SumNode {
  hash: Hex;
  sums: bigint[];
}

/** Throws unless every sum is an unsigned 16-byte integer. @throws SumOutOfRange */
export function assertSums(sums: readonly bigint[]): void {
  sums.forEach((sum, column) => {
    if (sum < 0n || sum >= SUM_LIMIT) throw new SumOutOfRange(column, sum);
  });
}

function sumBytes(sums: readonly bigint[]): Uint8Array {
  assertSums(sums);
  const bytes = new Uint8Array(sums.length * SUM_BYTES);
  sums.forEach((sum, column) => {
    for (let i = SUM_BYTES - 1, rest = sum; rest > 0n; i--, rest >>= 8n) {
      bytes[column * SUM_BYTES + i] = Number(rest & 0xffn);
    }
  });
  return bytes;
}

function keccak(...parts: Uint8Array[]): Hex {
  const hash = keccak_256.create();
  for (const part of parts) hash.update(part);
  return hexOf(hash.digest());
}

/** keccak256(0x00 ‖ id ‖ sums); sums as 16 bytes each, big-endian. */
export function leafNode(leaf: { id: Hex; sums: readonly bigint[] }): SumNode {
  return {
    hash: keccak(Uint8Array.of(DOMAIN.leaf), bytesOf(leaf.id), sumBytes(leaf.sums)),
    sums: [...leaf.sums],
  };
}

/**
 * keccak256(0x01 ‖ left hash ‖ left sums ‖ right hash ‖ right sums). Committing to both children's sums, not only to
 * their total, leaves nobody free to move an amount from one child to the other.
 * @throws SumOutOfRange when a sum of the two reaches 2^128
 */
export function parentNode(left: SumNode, right: SumNode): SumNode {
  const sums = left.sums.map((sum, column) => sum + (right.sums[column] ?? 0n));
  assertSums(sums);
  const children = [bytesOf(left.hash), sumBytes(left.sums), bytesOf(right.hash), sumBytes(right.sums)];
  return { hash: keccak(Uint8Array.of(DOMAIN.node), ...children), sums };
}

/** keccak256(0x02 ‖ leaf count as 8 bytes ‖ number of sums as 2 bytes ‖ top hash ‖ total sums). */
export function rootHash(top: SumNode, count: number): Hex {
  const head = new Uint8Array(11);
  const view = new DataView(head.buffer);
  view.setUint8(0, DOMAIN.root);
  view.setBigUint64(1, BigInt(count));
  view.setUint16(9, top.sums.length);
  return keccak(head, bytesOf(top.hash), sumBytes(top.sums));
}
