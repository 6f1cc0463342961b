import type { Instruction, Program } from '../../program/program.js';
import type { Way } from '../paths.js';
import { minimum, resultOf } from './conditions.js';
import { added, atLeast, constantOf, type Linear, scaled } from './linear.js';
import { Month } from './month.js';
import type { Problem } from './problem.js';

const NOTHING = constantOf(0n);

function pay({ slots, problem }: Month, [from = 0, to = 0, due = 0, short = 0]: readonly number[]): void {
  const asked = slots[due]!;
  const paid = minimum(problem, asked, slots[from]!);
  slots[from] = atLeast(slots[from]!, paid);
  slots[to] = added(slots[to]!, paid);
  slots[short] = atLeast(asked, paid);
}

function step(month: Month, { op, operands }: Instruction, taken: boolean): void {
  const { slots, problem } = month;
  const [d = 0, ...read] = operands;
  if (op === 'END' || op === 'JMP') return;
  if (op === 'PAY') pay(month, operands);
  else if (op === 'JZ') problem.holds(taken ? scaled(slots[d]!, -1n) : atLeast(slots[d]!, constantOf(1n)));
  else {
    const [a = NOTHING, b = NOTHING, c = NOTHING]: Linear[] = read.map((slot) => slots[slot]!);
    slots[d] = resultOf(problem, op, [a, b, c]);
  }
}

/** A month that runs along a way through the code and is settled, as conditions on what is reported and stored. */
export function monthAlong(program: Program, way: Way, problem: Problem): Month {
  const month = new Month(program, problem);
  const deposit = month.slots[program.layout.regions.C.first]!;
  for (const { line, taken } of way.steps) step(month, line, taken);
  month.isSettled(deposit);
  return month;
}
