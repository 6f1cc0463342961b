import type { Program } from '../program/program.js';
import { dearestHead, dearestInputs } from './call-data.js';
import { dearestCopy } from './copy-gas.js';
import { type DearRun, dearestRun } from './dearest-run.js';
import { dustWords, type SettlementFacts, settlementGas } from './settlement-gas.js';

/** The most gas that settling a month takes. */
export interface GasBound {
  /** Any month after the first. */
  steady: number;
  /** The first month, in which no class has dust and the Distributor no cash yet. */
  first: number;
  /** What happens in the month that takes most. */
  dearest: SettlementFacts;
}

/** Steps that looking for the dearest run may take: about a second. The bound of a larger program is less sharp. */
const WORK = 20_000_000;

/**
 * A bound of the gas used by the transaction that settles a month of this program, from the program alone: no month of
 * any life takes more. In the dearest month every stored word changes, every class and payee is paid, each class has dust, or the
 * Distributor has no cash yet, the run goes the dearest way through the code, and the report's figures are as wide
 * as such a month can bear; or what comes next, where that is refuted. It holds for a stablecoin whose balances are one
 * storage read away; one behind a proxy adds what its code takes.
 */
export function gasBound(program: Program): GasBound {
  const copyGas = dearestCopy(program);
  const headGas = dearestHead(program, program.layout.rows);
  const dataGas = ({ inputBytes }: DearRun, head = headGas): number => head + dearestInputs(inputBytes);
  const dearer = (run: DearRun): SettlementFacts => {
    const ways = [withDust, withoutCash].map((way) => ({ ...way(run, program), dataGas: dataGas(run), copyGas }));
    return ways.reduce((one, other) => (settlementGas(program, other) > settlementGas(program, one) ? other : one));
  };
  const run = dearestRun(program, (one) => settlementGas(program, dearer(one)), WORK);
  const dearest = dearer(run);
  const first = { ...withoutCash(run), dataGas: dataGas(run, dearestHead(program, 1)), copyGas };
  return { steady: settlementGas(program, dearest), first: settlementGas(program, first), dearest };
}

type Happened = Omit<SettlementFacts, 'dataGas' | 'copyGas'>;

/** The Distributor has no cash, and therefore no dust: so it is in the first month, and whenever all was claimed. */
function withoutCash({ machineGas, wordsKept, payeeWordsKept, classesUnpaid }: DearRun): Happened {
  const run = { machineGas, wordsKept, payeeWordsKept, classesUnpaid };
  return { ...run, dust: null, tapeKept: false, distributorEmpty: true, vaultEmptied: false };
}

/** Every class has dust, and the paid ones are as far apart as they can be. */
function withDust(run: DearRun, { layout: { tranches } }: Program): Happened {
  const taken = tranches - run.classesUnpaid;
  const wordsChanged = Math.min(taken, dustWords(tranches));
  const dust = taken === 0 ? null : { taken, wordsChanged, kept: run.classesUnpaid };
  return { ...withoutCash(run), dust, distributorEmpty: false };
}
