import { hexToBytes } from '@noble/hashes/utils';
import { type Program, WORD_BYTES } from '../program/program.js';
import { EVM } from './evm-schedule.js';

/** Gas of data of which so many bytes are not zero. */
const bytesGas = (length: number, notZero: number): number =>
  EVM.zeroByte * (length - notZero) + EVM.otherByte * notZero;

/** Gas of a word of data in which so many bytes are not zero. */
const wordGas = (notZero: number): number => bytesGas(WORD_BYTES, notZero);

const notZeroOf = (bytes: Iterable<number>): number => [...bytes].filter((byte) => byte !== 0).length;

function bytesOf(value: number): number[] {
  return value < 256 ? [value] : [...bytesOf(Math.floor(value / 256)), value % 256];
}

/** Gas of a number as a word of data. */
const numberGas = (value: number): number => wordGas(notZeroOf(bytesOf(value)));

/** The most bytes other than zero that a number from 0 to `most` can have: as many as 0x01, 0x0101, … go up to it. */
export function mostBytes(most: bigint): number {
  let bytes = 0;
  for (let ones = 1n; ones <= most; ones = 256n * ones + 1n) bytes += 1;
  return bytes;
}

/** `settle`'s selector has no zero byte. */
const SELECTOR_BYTES = 4;
/** Words before the report: its place and the expected result hash. */
const HEAD_WORDS = 2;
/** Words of the report before the number of its inputs: three hashes, period, revision, the place of the inputs. */
const INPUTS_AT = 6 * WORD_BYTES;
/** A report that was withdrawn is followed by the next revision, which has 32 bits. */
const MOST_REVISIONS = 2n ** 32n - 1n;
const WHOLE = wordGas(WORD_BYTES);

/**
 * The dearest data that `settle` may have in a period up to `lastPeriod`, the inputs apart: places, lengths and the
 * program's hash are what they are; the other hashes have no zero byte, nor has the revision.
 */
export function dearestHead({ layout, hash }: Program, lastPeriod: number): number {
  const inputs = layout.regions.I.count;
  const places = [WORD_BYTES * HEAD_WORDS, INPUTS_AT, inputs];
  return (
    bytesGas(SELECTOR_BYTES, SELECTOR_BYTES) +
    places.reduce((sum, place) => sum + numberGas(place), 0) +
    wordGas(notZeroOf(hexToBytes(hash.slice(2)))) +
    wordGas(mostBytes(BigInt(lastPeriod))) +
    wordGas(mostBytes(MOST_REVISIONS)) +
    // The last state's hash, the tape's root, the expected result.
    3 * WHOLE
  );
}

/** Data of inputs of which each has so many bytes other than zero. */
export function dearestInputs(bytes: readonly number[]): number {
  return bytes.reduce((sum, notZero) => sum + wordGas(notZero), 0);
}
