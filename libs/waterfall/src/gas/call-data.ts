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
/** Words before the report: its place, those of the two signatures, the expected result hash. */
const HEAD_WORDS = 4;
/** Words of the report before its inputs: three hashes, period, the place of the inputs and their number. */
const REPORT_WORDS = 6;
const INPUTS_AT = 5 * WORD_BYTES;
/** A signature of 65 bytes takes three words: two whole ones and a byte that is 27 or 28. */
const SIGNATURE_BYTES = 65;
const SIGNATURE_WORDS = 4;
const WHOLE = wordGas(WORD_BYTES);

/**
 * The dearest data that `settle` may have in a period up to `lastPeriod`, the inputs apart: places, lengths and the
 * program's hash are what they are; the other hashes and the signatures have no zero byte.
 */
export function dearestHead({ layout, hash }: Program, lastPeriod: number): number {
  const inputs = layout.regions.I.count;
  const report = WORD_BYTES * HEAD_WORDS;
  const signature = report + WORD_BYTES * (REPORT_WORDS + inputs);
  const places = [report, signature, signature + WORD_BYTES * SIGNATURE_WORDS, INPUTS_AT, inputs];
  const signed = numberGas(SIGNATURE_BYTES) + 2 * WHOLE + wordGas(1);
  return (
    bytesGas(SELECTOR_BYTES, SELECTOR_BYTES) +
    places.reduce((sum, place) => sum + numberGas(place), 0) +
    wordGas(notZeroOf(hexToBytes(hash.slice(2)))) +
    wordGas(mostBytes(BigInt(lastPeriod))) +
    // The last state's hash, the tape's root, the expected result.
    3 * WHOLE +
    2 * signed
  );
}

/** Data of inputs of which each has so many bytes other than zero. */
export function dearestInputs(bytes: readonly number[]): number {
  return bytes.reduce((sum, notZero) => sum + wordGas(notZero), 0);
}
