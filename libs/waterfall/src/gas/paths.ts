import type { Instruction, Program } from '../program/program.js';
import { instructionGas } from './machine-gas.js';

/** A way through a program's code: the instructions on it, and for each JZ whether it was taken. */
export interface Way {
  gas: number;
  steps: { line: Instruction; taken: boolean }[];
}

/** The rest of a way from an instruction on, as a list that shares its tail with others. */
interface Rest {
  gas: number;
  line: Instruction;
  taken: boolean;
  next: Rest | null;
}

function led(line: Instruction, taken: boolean, rests: readonly Rest[]): Rest[] {
  return rests.map((next) => ({ gas: instructionGas(line.op, taken) + next.gas, line, taken, next }));
}

function wayOf(rest: Rest): Way {
  const steps: Way['steps'] = [];
  for (let at: Rest | null = rest; at; at = at.next) steps.push({ line: at.line, taken: at.taken });
  return { gas: rest.gas, steps };
}

/**
 * The dearest ways through a program's code, the dearest first, at most so many. Jumps go forward only, so one pass from
 * END back finds them, whether or not any values lead that way.
 */
export function dearestWays({ code }: Pick<Program, 'code'>, count: number): Way[] {
  const from = new Map<number, Rest[]>();
  let next: Rest[] = [];
  for (const line of [...code].reverse()) {
    const { op, operands } = line;
    const target = op === 'JZ' ? operands[1] : op === 'JMP' ? operands[0] : undefined;
    const landed = target === undefined ? [] : led(line, true, from.get(target) ?? []);
    const onward = op === 'END' ? [{ gas: 0, line, taken: false, next: null }] : led(line, false, next);
    next = (op === 'JMP' ? landed : [...landed, ...onward]).sort((a, b) => b.gas - a.gas).slice(0, count);
    from.set(line.offset, next);
  }
  return next.map(wayOf);
}
