import type { Program } from '../program/program.js';
import { CashNotConserved, RemittanceUndetermined } from './errors.js';
import { loadFrame, type RunArguments } from './frame.js';
import { FinishedRun, type RunResult } from './result.js';
import { checkWidths, runWide } from './wide-run.js';

const sum = (words: readonly bigint[]): bigint => words.reduce((total, word) => total + word, 0n);

/** The run with `bigint`, which judges every range and raises every fault. Throws what `execute` does. */
export function executeWide(program: Program, run: RunArguments, remitted: boolean): RunResult {
  const { A, S, X, C } = program.layout.regions;
  const slots = loadFrame(program, run);
  const opening = sum(slots.slice(A.first, A.first + A.count));
  const { transfers, deposit } = runWide(program, slots, remitted);
  checkWidths(program, slots);
  const state = slots.slice(A.first, S.first + S.count);
  const outputs = slots.slice(X.first, X.first + X.count);
  if (remitted && state[A.count + program.layout.tranches] !== deposit) throw new RemittanceUndetermined(-1);
  const unmoved = slots[C.first]!;
  const [before, after] = [opening + deposit, sum(state.slice(0, A.count)) + sum(outputs)];
  if (after !== before || unmoved !== 0n) throw new CashNotConserved(before, after, unmoved);
  return new FinishedRun(slots, transfers, state, outputs);
}
