import type { Program, RunArguments } from '@weir/waterfall';

/** A program with the cases to run it on. */
export interface Batch {
  program: Program;
  runs: readonly RunArguments[];
}

/** What the chain says of a run: its revert data (`0x` when it finished) and the hashes over all that it left. */
export interface RawDigest {
  failure: string;
  resultHash: string;
  stateHash: string;
}

const WORD = 64;

const word = (value: bigint | number): string => value.toString(16).padStart(WORD, '0');

const listOf = (words: readonly bigint[]): string => word(words.length) + words.map(word).join('');

function bytesOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return word(bytes.length) + hex.padEnd(Math.ceil(hex.length / WORD) * WORD, '0');
}

/** Parts of any length behind a head with the offset of each, in bytes from the head's start. */
function behindOffsets(parts: readonly string[]): string {
  let at = 32 * parts.length;
  const head = parts.map((part) => {
    const offset = word(at);
    at += part.length / 2;
    return offset;
  });
  return head.join('') + parts.join('');
}

function caseOf({ period, inputs, deposit, state }: RunArguments): string {
  const [given, stored] = [listOf(inputs), listOf(state)];
  return word(period) + word(128) + word(deposit) + word(128 + given.length / 2) + given + stored;
}

/**
 * ABI encoding of `digestMany(Batch[])`, all but its selector. By hand: ethers' encoder takes longer than both machines
 * together.
 */
export function encodeBatches(batches: readonly Batch[]): string {
  const tuples = batches.map(({ program, runs }) =>
    behindOffsets([bytesOf(program.bytes), word(runs.length) + behindOffsets(runs.map(caseOf))]),
  );
  return word(32) + word(batches.length) + behindOffsets(tuples);
}

/** Decodes `(Digest[])`. */
export function decodeDigests(hex: string): RawDigest[] {
  const text = (at: number, bytes: number): string => `0x${hex.slice(2 + 2 * at, 2 + 2 * (at + bytes))}`;
  const number = (at: number): number => Number(text(at, 32));
  const heads = number(0) + 32;
  return Array.from({ length: number(heads - 32) }, (_, index) => {
    const head = heads + number(heads + 32 * index);
    const failure = head + number(head);
    return {
      failure: text(failure + 32, number(failure)),
      resultHash: text(head + 32, 32),
      stateHash: text(head + 64, 32),
    };
  });
}
