import { keccak_256 } from '@noble/hashes/sha3';
import { type Hex, hexOf } from '@weir/money';

/** Writes a non-negative integer big-endian into `size` bytes at `at`; the value must fit. */
export function putUint(bytes: Uint8Array, at: number, size: number, value: bigint | number): void {
  let rest = BigInt(value);
  for (let i = at + size - 1; i >= at; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

/** Reads a big-endian integer of up to 6 bytes. */
export function getNumber(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = at; i < at + size; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** Reads a big-endian integer of any size. */
export function getUint(bytes: Uint8Array, at: number, size: number): bigint {
  let value = 0n;
  for (let i = at; i < at + size; i++) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** keccak256 as lower-case hex. */
export function keccak(bytes: Uint8Array): Hex {
  return hexOf(keccak_256(bytes));
}

/** keccak256 over words below 2^256 of 32 bytes each, big-endian. */
export function keccakWords(words: readonly bigint[]): Hex {
  const bytes = new Uint8Array(32 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    // Four quarters, from the last; setBigUint64 takes the low 64 bits.
    let rest = word;
    for (let at = 32 * index + 24; rest > 0n; at -= 8, rest >>= 64n) view.setBigUint64(at, rest);
  });
  return keccak(bytes);
}
