import { operandsOf } from './opcodes.js';
import type { Instruction } from './program.js';

/** Slots that an instruction reads and writes; PAY reads and writes both of its cash slots. Jump operands are left out. */
export interface Effects {
  reads: readonly number[];
  writes: readonly number[];
}

/** What an instruction touches, by slot id, in operand order. */
export function effectsOf({ op, operands }: Instruction): Effects {
  const reads: number[] = [];
  const writes: number[] = [];
  operandsOf(op).forEach((kind, index) => {
    const slot = operands[index] ?? 0;
    if (kind === 'read' || kind === 'from' || kind === 'to') reads.push(slot);
    if (kind === 'write' || kind === 'from' || kind === 'to') writes.push(slot);
  });
  return { reads, writes };
}

/** For each instruction the index of the one it may jump to; -1 where it does not jump. */
export function jumpTargets(code: readonly Instruction[]): Int32Array {
  const indexes = new Map(code.map(({ offset }, index) => [offset, index]));
  return Int32Array.from(code, ({ op, operands }) =>
    op === 'JZ' || op === 'JMP' ? (indexes.get(operands.at(-1) ?? 0) ?? -1) : -1,
  );
}
