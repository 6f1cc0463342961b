import { depositPlan } from '../program/deposit.js';
import { jumpTargets } from '../program/effects.js';
import { OPS } from '../program/opcodes.js';
import type { Program } from '../program/program.js';
import { safeOf } from './safe-integer.js';
import { type RunLog, runLog, STRIDE } from './safe-run.js';

/** A program as the fast executor reads it. */
export interface Prepared {
  /** Opcode, operands; a jump operand is an index into this array. Instruction i of the program stands at STRIDE × i. */
  code: Int32Array;
  /** The frame with the constants in it and zero elsewhere; undefined when a constant is no safe integer. */
  frame: readonly number[] | undefined;
  /** The rows as numbers; undefined where a word is no safe integer. */
  rows: readonly (readonly number[] | undefined)[];
  /** Written by every run and read when it is over. */
  log: RunLog;
  /** Index of an instruction that may read the deposit before it is in, or −1. */
  early: number;
}

/** Words as numbers, in an array of `size` whose elements are doubles from the start: the fastest to copy. */
function numbersOf(words: readonly bigint[], size: number): readonly number[] | undefined {
  const numbers = new Array<number>(size).fill(0.5).fill(0);
  words.forEach((word, index) => (numbers[index] = safeOf(word)));
  return numbers.includes(-1) ? undefined : numbers;
}

function prepare(program: Program): Prepared {
  const targets = jumpTargets(program.code);
  const code = new Int32Array(STRIDE * program.code.length);
  program.code.forEach(({ op, operands }, index) => {
    code.set([OPS.indexOf(op), ...operands], STRIDE * index);
    if (targets[index]! >= 0) code[STRIDE * index + operands.length] = STRIDE * targets[index]!;
  });
  const { early } = depositPlan(program, targets);
  const rows = program.rows.map((row) => numbersOf(row, row.length));
  return { code, frame: numbersOf(program.constants, program.layout.slots), rows, log: runLog(program), early };
}

const known = new WeakMap<Program, Prepared>();

/** The prepared form of a program, made at its first run. */
export function preparedOf(program: Program): Prepared {
  const found = known.get(program);
  if (found) return found;
  const made = prepare(program);
  known.set(program, made);
  return made;
}
