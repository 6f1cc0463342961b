import { instructionGas, type Program, type RunArguments } from '@weir/waterfall';

const flag = (holds: boolean): bigint => (holds ? 1n : 0n);

/**
 * Gas of the instructions that a run executes. Written again and without checks, so that what it says of the way through
 * the code does not come from the executor; runs that stop with a fault are not for it.
 */
export function pathGas(program: Program, run: RunArguments): number {
  const { constants, rows, layout, code } = program;
  const given = [...constants, ...(rows[run.period - 1] ?? []), ...run.inputs, run.deposit, ...run.state];
  const slots = Array.from({ length: layout.slots }, (_, slot) => given[slot] ?? 0n);
  const indexAt = new Map(code.map(({ offset }, index) => [offset, index]));
  let gas = 0;
  for (let index = 0; index < code.length;) {
    const { op, operands } = code[index]!;
    const [d = 0, p = 0, q = 0, r = 0] = operands;
    const [a, b, c] = [slots[p] ?? 0n, slots[q] ?? 0n, slots[r] ?? 0n];
    const jumps = op === 'JMP' || (op === 'JZ' && slots[d] === 0n);
    gas += instructionGas(op, jumps);
    index = jumps ? indexAt.get(op === 'JMP' ? d : p)! : index + 1;
    if (op === 'END') return gas;
    if (op === 'JMP' || op === 'JZ') continue;
    if (op === 'PAY') {
      const paid = b < slots[d]! ? b : slots[d]!;
      slots[d] = slots[d]! - paid;
      slots[p] = slots[p]! + paid;
      slots[r] = b - paid;
      continue;
    }
    slots[d] = {
      ADD: () => a + b,
      SUB: () => a - b,
      SSUB: () => (a > b ? a - b : 0n),
      MIN: () => (a < b ? a : b),
      MAX: () => (a > b ? a : b),
      MULF: () => (a * b) / c,
      MULN: () => (a * b + c / 2n) / c,
      MULC: () => (a * b + c - 1n) / c,
      OR: () => flag(a !== 0n || b !== 0n),
      AND: () => flag(a !== 0n && b !== 0n),
      NOT: () => flag(a === 0n),
      EQ: () => flag(a === b),
      LT: () => flag(a < b),
      LE: () => flag(a <= b),
      SEL: () => (a !== 0n ? b : c),
      MOV: () => a,
    }[op]();
  }
  return gas;
}
