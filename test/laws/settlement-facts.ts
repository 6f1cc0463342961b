import {
  copyGas,
  type DustFacts,
  payeesOf,
  type Program,
  type RunArguments,
  type RunResult,
  type SettlementFacts,
  storageWords,
} from '@weir/waterfall';
import { pathGas } from './path-gas.js';
import type { Settlement } from './vault-life.js';

/** How many storage words, of three fields each, are the same in both lists. */
function wordsKept(before: readonly bigint[], after: readonly bigint[]): number {
  const words = Array.from({ length: storageWords(before.length) }, (_, word) => 3 * word);
  return words.filter((at) => [at, at + 1, at + 2].every((field) => before[field] === after[field])).length;
}

/** What becomes of the classes' dust. Four classes share a storage word. */
function dustOf(classes: readonly number[], isUnpaid: (tranche: number) => boolean): DustFacts | null {
  if (classes.length === 0) return null;
  const taken = classes.filter((tranche) => !isUnpaid(tranche));
  const wordsChanged = new Set(taken.map((tranche) => Math.floor(tranche / 4))).size;
  return { taken: taken.length, wordsChanged, kept: classes.length - taken.length };
}

/** What happened in a settled month, from its run and its transaction. */
export function factsOf(
  program: Program,
  run: RunArguments,
  result: RunResult,
  { dataGas, classesWithDust, tapeKept, distributorEmpty, vaultEmptied }: Omit<Settlement, 'hash' | 'gasUsed'>,
): SettlementFacts {
  const { tranches } = program.layout;
  const paid = result.outputs.slice(2 * tranches);
  const nothing = Array<bigint>(payeesOf(program.layout)).fill(0n);
  const classes = Array.from({ length: tranches }, (_, index) => index);
  const isUnpaid = (tranche: number): boolean =>
    result.outputs[2 * tranche] === 0n && result.outputs[2 * tranche + 1] === 0n;
  const unpaid = classes.filter(isUnpaid);
  return {
    dataGas,
    machineGas: pathGas(program, run),
    copyGas: copyGas(program, run.period),
    wordsKept: wordsKept(run.state, result.state),
    payeeWordsKept: wordsKept(nothing, paid),
    classesUnpaid: unpaid.length,
    dust: unpaid.length < tranches ? dustOf(classesWithDust, isUnpaid) : null,
    ...{ tapeKept, distributorEmpty, vaultEmptied },
  };
}
