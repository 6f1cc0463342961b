import type { Program } from '../program/program.js';
import { dearestHead, dearestInputs } from './call-data.js';
import { dearestCopy } from './copy-gas.js';
import { type DearRun, dearestRun } from './dearest-run.js';
import { type SettlementFacts, settlementGas } from './settlement-gas.js';

/** The most gas that settling a month takes. */
export interface GasBound {
  /** Any month after the first. */
  steady: number;
  /** The first month, in which no class has dust yet. */
  first: number;
  /** What happens in the month that takes most. */
  dearest: SettlementFacts;
}

/** Steps that looking for the dearest run may take: about a second. The bound of a larger program is less sharp. */
const WORK = 20_000_000;

/**
 * A bound of the gas used by the transaction that settles a month of this program, from the program alone: no month of
 * any life takes more. In the dearest month every stored word changes, every class and payee is paid, all classes are looked
 * at for dust, of which one has some, the run goes the dearest way through the code, and the report's figures are as wide
 * as such a month can bear; or what comes next, where that is refuted. It holds for plain accounts that sign and for a
 * stablecoin whose balances are one storage read away; a contract that signs or a stablecoin behind a proxy adds what its
 * code takes.
 */
export function gasBound(program: Program): GasBound {
  const copyGas = dearestCopy(program);
  const headGas = dearestHead(program, program.layout.rows);
  const factsOf = ({ inputBytes, ...run }: DearRun, head = headGas): SettlementFacts => ({
    ...{ dataGas: head + dearestInputs(inputBytes), copyGas },
    ...run,
  });
  const run = dearestRun(program, (one) => settlementGas(program, factsOf(one)), WORK);
  const dearest = factsOf(run);
  const first = factsOf({ ...run, classesWithDust: 0 }, dearestHead(program, 1));
  return { steady: settlementGas(program, dearest), first: settlementGas(program, first), dearest };
}
