import { type Program, VALUE_LIMIT } from '../program/program.js';
import { dearestHead, dearestInputs } from './call-data.js';
import { dearestCopy } from './copy-gas.js';
import { dearestPath } from './machine-gas.js';
import { type SettlementFacts, settlementGas } from './settlement-gas.js';

/** The most gas that settling a month takes. */
export interface GasBound {
  /** Any month after the first. */
  steady: number;
  /** The first month, in which no class has dust yet. */
  first: number;
}

/**
 * What a month costs in which everything happens at once: the dearest way through the code, every stored word changes,
 * every class and payee is paid, and all classes are looked at for dust, of which one has some.
 */
export function dearestFacts(program: Program): SettlementFacts {
  const { regions, rows, tranches } = program.layout;
  const inputs = Array.from({ length: regions.I.count }, () => VALUE_LIMIT - 1n);
  return {
    dataGas: dearestHead(program, rows) + dearestInputs(inputs),
    machineGas: dearestPath(program),
    copyGas: dearestCopy(program),
    wordsKept: 0,
    payeeWordsKept: 0,
    classesUnpaid: 0,
    classesWithDust: Math.min(1, tranches),
  };
}

/**
 * A bound of the gas used by the transaction that settles a month of this program, from the program alone: no month of
 * any life takes more. It holds for plain accounts that sign and for a stablecoin whose balances are one storage read
 * away; a contract that signs or a stablecoin behind a proxy adds what its code takes.
 */
export function gasBound(program: Program): GasBound {
  const facts = dearestFacts(program);
  return {
    steady: settlementGas(program, facts),
    first: settlementGas(program, { ...facts, classesWithDust: 0 }),
  };
}
