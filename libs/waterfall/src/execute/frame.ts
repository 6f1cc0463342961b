import { type Program, STATE_LIMIT, VALUE_LIMIT } from '../program/program.js';
import { RunArgumentError } from './errors.js';
import type { Prepared } from './prepared.js';
import { safeOf } from './safe-integer.js';

/** What a run starts from. `period` counts from 1; inputs in slot order; deposit in cents; state = A words then S. */
export interface RunArguments {
  period: number;
  inputs: readonly bigint[];
  deposit: bigint;
  state: readonly bigint[];
}

/** What a run starts from whose deposit is just what is to be remitted. */
export type RemittedArguments = Omit<RunArguments, 'deposit'>;

function checkWords(name: 'inputs' | 'state', words: readonly bigint[], count: number, limit: bigint): void {
  if (words.length !== count) throw new RunArgumentError(name, `has ${words.length} words, the program wants ${count}`);
  const bad = words.findIndex((word) => word < 0n || word >= limit);
  if (bad >= 0) throw new RunArgumentError(name, `word ${bad} is ${words[bad]}, outside 0 … ${limit - 1n}`);
}

/** The memory frame at the start of a run: constants, row, inputs, deposit, state; sinks and scratch zero. */
export function loadFrame(program: Program, run: RunArguments): bigint[] {
  const { layout, constants, rows } = program;
  const { I, C, A, S } = layout.regions;
  const row = Number.isInteger(run.period) ? rows[run.period - 1] : undefined;
  if (row === undefined) throw new RunArgumentError('period', `${run.period} is not in 1 … ${layout.rows}`);
  checkWords('inputs', run.inputs, I.count, VALUE_LIMIT);
  checkWords('state', run.state, A.count + S.count, STATE_LIMIT);
  if (run.deposit < 0n || run.deposit >= VALUE_LIMIT) throw new RunArgumentError('deposit', 'is outside 0 … 2^128 − 1');
  const slots = new Array<bigint>(layout.slots).fill(0n);
  const place = (first: number, words: readonly bigint[]): void => {
    words.forEach((word, index) => (slots[first + index] = word));
  };
  place(0, constants);
  place(layout.regions.R.first, row);
  place(I.first, run.inputs);
  place(C.first, [run.deposit]);
  place(A.first, run.state);
  return slots;
}

/** Puts words into a frame; answers false when one is no safe integer of zero or more. */
function placeSafe(frame: number[], first: number, words: readonly bigint[]): boolean {
  for (let index = 0; index < words.length; index++) {
    const number = safeOf(words[index]!);
    if (number < 0) return false;
    frame[first + index] = number;
  }
  return true;
}

/** The same frame as numbers; undefined when a word is no safe integer or an argument does not fit. */
export function loadSafeFrame(program: Program, prepared: Prepared, run: RunArguments): number[] | undefined {
  const { R, I, C, A, S } = program.layout.regions;
  const row = prepared.rows[run.period - 1];
  const frame = row && prepared.frame?.slice();
  if (!frame || run.inputs.length !== I.count || run.state.length !== A.count + S.count) return undefined;
  for (let index = 0; index < row.length; index++) frame[R.first + index] = row[index]!;
  const deposit = safeOf(run.deposit);
  frame[C.first] = deposit;
  const fits = deposit >= 0 && placeSafe(frame, I.first, run.inputs) && placeSafe(frame, A.first, run.state);
  return fits ? frame : undefined;
}
