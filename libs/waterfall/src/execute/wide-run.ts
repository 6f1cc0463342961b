import { type Instruction, type Program, STATE_LIMIT, VALUE_LIMIT } from '../program/program.js';
import { StateTooWide, ValueOutOfRange } from './errors.js';
import type { Transfer } from './hashes.js';
import { valueOf } from './operation.js';

function write(slots: bigint[], slot: number, value: bigint, { offset, op }: Instruction): void {
  if (value >= VALUE_LIMIT) throw new ValueOutOfRange(offset, op);
  slots[slot] = value;
}

function pay(slots: bigint[], instruction: Instruction, transfers: Transfer[]): void {
  const [from, to, dueSlot, short] = instruction.operands as [number, number, number, number];
  const cash = slots[from]!;
  const due = slots[dueSlot]!;
  const amount = due < cash ? due : cash;
  slots[from] = cash - amount;
  write(slots, to, slots[to]! + amount, instruction);
  write(slots, short, due - amount, instruction);
  transfers.push({ from, to, amount, due, offset: instruction.offset });
}

/** What a run moved, and the cash that came in. */
export interface WideRun {
  transfers: Transfer[];
  deposit: bigint;
}

/**
 * Runs the code over a frame of any width, instruction by instruction.
 * @param watch is told of each instruction before it runs.
 * @param remitted the deposit comes in as S[n] at the first PAY out of C.
 * @throws ValueOutOfRange, DivisionByZero
 */
export function runWide(
  { code, layout }: Program,
  slots: bigint[],
  remitted: boolean,
  watch?: (instruction: Instruction) => void,
): WideRun {
  const { C, S } = layout.regions;
  const transfers: Transfer[] = [];
  // An instruction with fewer operands reads zero in place of those that it does not have.
  const read = (slot: number | undefined): bigint => slots[slot ?? slots.length] ?? 0n;
  let awaited = remitted;
  let deposit = read(C.first);
  let skipTo = 0;
  for (const instruction of code) {
    const { offset, op, operands } = instruction;
    if (offset < skipTo) continue;
    watch?.(instruction);
    const [first, second, third, fourth] = operands;
    if (op === 'PAY') {
      if (awaited && first === C.first) {
        deposit = read(S.first + layout.tranches);
        slots[C.first] = deposit;
        awaited = false;
      }
      pay(slots, instruction, transfers);
    } else if (op === 'JMP') skipTo = first!;
    else if (op === 'JZ') skipTo = read(first) === 0n ? second! : skipTo;
    else if (op !== 'END') {
      const value = valueOf(op, read(second), read(third), read(fourth), offset);
      write(slots, first!, value, instruction);
    }
  }
  return { transfers, deposit };
}

/** @throws StateTooWide when an account or state word is 2^85 or more after a run. */
export function checkWidths(program: Program, slots: readonly bigint[]): void {
  const { A, S } = program.layout.regions;
  const end = program.code.at(-1)!.offset;
  for (let slot = A.first; slot < S.first + S.count; slot++) {
    if (slots[slot]! >= STATE_LIMIT) throw new StateTooWide(end, slot);
  }
}
