import type { Hex } from '@weir/money';
import { type Instruction, type Program, STATE_LIMIT, VALUE_LIMIT } from '../program/program.js';
import { CashNotConserved, StateTooWide, ValueOutOfRange } from './errors.js';
import { loadFrame, type RunArguments } from './frame.js';
import { resultHashOf, stateHashOf, type Transfer } from './hashes.js';
import { valueOf } from './operation.js';

/** A finished run. All words are non-negative integers; money is in cents. */
export interface RunResult {
  /** Every slot after the run, K…T, by slot id. */
  slots: bigint[];
  /** Executed PAYs in order, those of zero included. */
  transfers: Transfer[];
  /** Account words and then state words: the next period's opening. */
  state: bigint[];
  /** The sinks: interest and principal of each tranche, then the payees. */
  outputs: bigint[];
  resultHash: Hex;
  stateHash: Hex;
}

function write(slots: bigint[], slot: number, value: bigint, { offset, op }: Instruction): void {
  if (value >= VALUE_LIMIT) throw new ValueOutOfRange(offset, op);
  slots[slot] = value;
}

function pay(slots: bigint[], instruction: Instruction, transfers: Transfer[]): void {
  const [from = 0, to = 0, dueSlot = 0, short = 0] = instruction.operands;
  const cash = slots[from] ?? 0n;
  const due = slots[dueSlot] ?? 0n;
  const amount = due < cash ? due : cash;
  slots[from] = cash - amount;
  write(slots, to, (slots[to] ?? 0n) + amount, instruction);
  write(slots, short, due - amount, instruction);
  transfers.push({ from, to, amount, due, offset: instruction.offset });
}

function runCode(program: Program, slots: bigint[]): Transfer[] {
  const transfers: Transfer[] = [];
  const read = (slot: number | undefined): bigint => (slot === undefined ? 0n : (slots[slot] ?? 0n));
  let skipTo = 0;
  for (const instruction of program.code) {
    const { offset, op, operands } = instruction;
    if (offset < skipTo) continue;
    const [first, second, third, fourth] = operands;
    if (op === 'PAY') pay(slots, instruction, transfers);
    else if (op === 'JMP') skipTo = first ?? 0;
    else if (op === 'JZ') skipTo = read(first) === 0n ? (second ?? 0) : skipTo;
    else if (op !== 'END') {
      const value = valueOf(op, read(second), read(third), read(fourth), offset);
      write(slots, first ?? 0, value, instruction);
    }
  }
  return transfers;
}

const sum = (words: readonly bigint[]): bigint => words.reduce((total, word) => total + word, 0n);

function checkState(program: Program, slots: readonly bigint[]): void {
  const { A, S } = program.layout.regions;
  const end = program.code.at(-1)?.offset ?? 0;
  for (let slot = A.first; slot < S.first + S.count; slot++) {
    if ((slots[slot] ?? 0n) >= STATE_LIMIT) throw new StateTooWide(end, slot);
  }
}

/**
 * Runs a program for one payment date, exactly as the chain does. Pure: the arguments are not changed.
 * @throws RunArgumentError when the arguments do not fit the program; ValueOutOfRange, DivisionByZero or StateTooWide
 * with the instruction's offset; CashNotConserved when the program leaves cash in the deposit slot.
 */
export function execute(program: Program, run: RunArguments): RunResult {
  const { A, S, X, C } = program.layout.regions;
  const slots = loadFrame(program, run);
  const cashBefore = sum(slots.slice(A.first, A.first + A.count)) + run.deposit;
  const transfers = runCode(program, slots);
  checkState(program, slots);
  const state = slots.slice(A.first, S.first + S.count);
  const outputs = slots.slice(X.first, X.first + X.count);
  const unmoved = slots[C.first] ?? 0n;
  const cashAfter = sum(state.slice(0, A.count)) + sum(outputs);
  if (cashAfter !== cashBefore || unmoved !== 0n) throw new CashNotConserved(cashBefore, cashAfter, unmoved);
  return {
    slots,
    transfers,
    state,
    outputs,
    resultHash: resultHashOf(slots, transfers),
    stateHash: stateHashOf(state),
  };
}
