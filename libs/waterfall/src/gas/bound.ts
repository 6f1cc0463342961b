import type { Program } from '../program/program.js';
import { dearestPath } from './machine-gas.js';
import { type SettlementFacts, settlementGas } from './settlement-gas.js';

/** The most gas that settling a month takes. */
export interface GasBound {
  /** Any month after the first. */
  steady: number;
  /** The first month. Storage is written at deployment, so it is no dearer than the others. */
  first: number;
}

/** Gas of a zero byte and of any other byte of a transaction's data. */
const ZERO_BYTE = 4;
const OTHER_BYTE = 16;

/** Data of a word in which at most so many bytes are not zero. */
function word(bytes: number): number {
  return ZERO_BYTE * (32 - bytes) + OTHER_BYTE * bytes;
}

/**
 * The dearest data that `settle` may have: selector; the places of report and signatures, and the expected result hash;
 * the report's three hashes, period, and place and number of its inputs; inputs below 2^128; two signatures of 65 bytes.
 */
export function dearestData(inputs: number): number {
  const head = 4 * OTHER_BYTE + word(1) + 2 * word(3) + word(32);
  const report = 3 * word(32) + word(2) + word(1) + word(2);
  const signature = word(1) + 2 * word(32) + word(1);
  return head + report + inputs * word(16) + 2 * signature;
}

/**
 * What a month costs in which everything happens at once: the dearest way through the code, every stored word changes,
 * every class and payee is paid, and all classes are looked at for dust, of which one has some.
 */
export function dearestFacts(program: Program): SettlementFacts {
  return {
    dataGas: dearestData(program.layout.regions.I.count),
    machineGas: dearestPath(program),
    wordsKept: 0,
    payeeWordsKept: 0,
    classesUnpaid: 0,
    classesWithDust: Math.min(1, program.layout.tranches),
  };
}

/**
 * A bound of the gas used by the transaction that settles a month of this program, from the program alone: no month of
 * any life takes more. It holds for plain accounts that sign and for a stablecoin whose balances are one storage read
 * away; a contract that signs or a stablecoin behind a proxy adds what its code takes.
 */
export function gasBound(program: Program): GasBound {
  const steady = settlementGas(program, dearestFacts(program));
  return { steady, first: steady };
}
