import type { Instruction } from '../../program/program.js';
import { minimum, resultOf } from './conditions.js';
import { added, atLeast, constantOf, type Linear, scaled } from './linear.js';
import type { Month } from './month.js';

const NOTHING = constantOf(0n);

function pay({ slots, problem }: Month, [from = 0, to = 0, due = 0, short = 0]: readonly number[]): void {
  const asked = slots[due]!;
  const paid = minimum(problem, asked, slots[from]!);
  slots[from] = atLeast(slots[from]!, paid);
  slots[to] = added(slots[to]!, paid);
  slots[short] = atLeast(asked, paid);
}

/** Executes an instruction that does not jump: its slots hold what it writes, and what it needs is a condition. */
export function perform(month: Month, { op, operands }: Instruction): void {
  const { slots, problem } = month;
  if (op === 'PAY') return pay(month, operands);
  const [d = 0, ...read] = operands;
  const [a = NOTHING, b = NOTHING, c = NOTHING]: Linear[] = read.map((slot) => slots[slot]!);
  slots[d] = resultOf(problem, op, [a, b, c]);
}

/** The condition under which a JZ goes one way. */
export function goes({ slots }: Month, { operands: [tested = 0] }: Instruction, taken: boolean): Linear {
  return taken ? scaled(slots[tested]!, -1n) : atLeast(slots[tested]!, constantOf(1n));
}
