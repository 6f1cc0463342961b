import type { OpName } from '../program/opcodes.js';
import { jumpTargets } from '../program/effects.js';
import type { Instruction } from '../program/program.js';
import { EVM } from './evm-schedule.js';

/**
 * Gas of one instruction in `WaterfallVM`, from fetching it to fetching the next. It depends on no value, but for JZ.
 * Measured on the compiled vault: `test/laws/gas-of-instructions.spec.ts` holds this table against it.
 */
export const INSTRUCTION_GAS: Readonly<Record<Exclude<OpName, 'JZ'>, number>> & { readonly JZ: JumpGas } = {
  END: 0,
  ADD: 207,
  SUB: 207,
  PAY: 353,
  SSUB: 208,
  MIN: 212,
  MULF: 333,
  MULN: 348,
  MULC: 347,
  MAX: 318,
  OR: 321,
  MOV: 212,
  LT: 338,
  LE: 342,
  SEL: 324,
  JZ: { taken: 254, notTaken: 243 },
  JMP: 248,
  AND: 345,
  NOT: 262,
  EQ: 329,
};

/** A conditional jump costs more one way than the other. */
export interface JumpGas {
  taken: number;
  notTaken: number;
}

/** Gas of one instruction; for JZ that of the way named. A PAY's transfer is hashed with the result. */
export function instructionGas(op: OpName, taken: boolean): number {
  if (op === 'PAY') return INSTRUCTION_GAS.PAY + EVM.hashedWord;
  if (op !== 'JZ') return INSTRUCTION_GAS[op];
  return taken ? INSTRUCTION_GAS.JZ.taken : INSTRUCTION_GAS.JZ.notTaken;
}

/**
 * Gas of the dearest way from each instruction to END, by its place in the code, whether or not any values lead that way.
 * Jumps go forward only, so one pass from END back finds it.
 */
export function dearestRests(code: readonly Instruction[]): number[] {
  const targets = jumpTargets(code);
  const rests = Array<number>(code.length).fill(0);
  for (let index = code.length - 2; index >= 0; index--) {
    const { op } = code[index]!;
    const landed = targets[index]! < 0 ? 0 : instructionGas(op, true) + rests[targets[index]!]!;
    rests[index] = op === 'JMP' ? landed : Math.max(landed, instructionGas(op, false) + rests[index + 1]!);
  }
  return rests;
}
