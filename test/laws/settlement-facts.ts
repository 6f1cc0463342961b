import {
  copyGas,
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

/** What happened in a settled month, from its run and its transaction. */
export function factsOf(
  program: Program,
  run: RunArguments,
  result: RunResult,
  { dataGas, classesWithDust }: Pick<Settlement, 'dataGas' | 'classesWithDust'>,
): SettlementFacts {
  const { tranches } = program.layout;
  const paid = result.outputs.slice(2 * tranches);
  const nothing = Array<bigint>(payeesOf(program.layout)).fill(0n);
  const classes = Array.from({ length: tranches }, (_, index) => 2 * index);
  const unpaid = classes.filter(
    (at, index) => result.outputs[at] === 0n && result.outputs[at + 1] === 0n && !classesWithDust.includes(index),
  );
  return {
    dataGas,
    machineGas: pathGas(program, run),
    copyGas: copyGas(program, run.period),
    wordsKept: wordsKept(run.state, result.state),
    payeeWordsKept: wordsKept(nothing, paid),
    classesUnpaid: unpaid.length,
    classesWithDust: classesWithDust.length,
  };
}
