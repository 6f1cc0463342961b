import type { Program } from '../program/program.js';
import { multiplyDivide } from './safe-operation.js';

/** Numbers of one instruction in prepared code: its opcode and four operands, 0 where it has fewer. */
export const STRIDE = 5;

const MOST = Number.MAX_SAFE_INTEGER;
/** No safe integer: the run is to be made with `bigint`. */
const BEYOND = Infinity;

/** Opcodes as docs/waterfall-program.md numbers them. */
const enum Op {
  END,
  ADD,
  SUB,
  PAY,
  SSUB,
  MIN,
  MULF,
  MULN,
  MULC,
  MAX,
  OR,
  MOV,
  LT,
  LE,
  SEL,
  JZ,
  JMP,
  AND,
  NOT,
  EQ, // prettier-ignore
}

/** What a run moved, column by column: where each PAY stands in the code, what it paid and what was due. */
export interface RunLog {
  /** Cash that came in. */
  deposit: number;
  /** PAYs that were executed: so many entries of the columns hold. */
  count: number;
  at: Int32Array;
  amount: Float64Array;
  due: Float64Array;
}

/** A log with room for all PAYs of a program. */
export function runLog({ layout }: Program): RunLog {
  const { pays } = layout;
  const columns = { at: new Int32Array(pays), amount: new Float64Array(pays), due: new Float64Array(pays) };
  return { deposit: 0, count: 0, ...columns };
}

function pay(code: Int32Array, at: number, frame: number[], log: RunLog): boolean {
  const from = code[at + 1]!;
  const to = code[at + 2]!;
  const due = frame[code[at + 3]!]!;
  const cash = frame[from]!;
  const amount = due < cash ? due : cash;
  frame[from] = cash - amount;
  const received = frame[to]! + amount;
  frame[to] = received;
  frame[code[at + 4]!] = due - amount;
  log.at[log.count] = at;
  log.amount[log.count] = amount;
  log.due[log.count] = due;
  log.count += 1;
  return received <= MOST;
}

/** What an instruction writes that computes; d, a, b, c are its operands. */
function valueOf(code: Int32Array, at: number, frame: number[]): number {
  const a = frame[code[at + 2]!]!;
  const b = frame[code[at + 3]!]!;
  const c = frame[code[at + 4]!]!;
  switch (code[at]! as Op) {
    case Op.ADD:
      return a + b;
    case Op.SUB:
      return a < b ? BEYOND : a - b;
    case Op.SSUB:
      return a > b ? a - b : 0;
    case Op.MIN:
      return a < b ? a : b;
    case Op.MAX:
      return a > b ? a : b;
    case Op.MULF:
      return c === 0 ? BEYOND : multiplyDivide('floor', a, b, c);
    case Op.MULN:
      return c === 0 ? BEYOND : multiplyDivide('half-up', a, b, c);
    case Op.MULC:
      return c === 0 ? BEYOND : multiplyDivide('ceiling', a, b, c);
    case Op.OR:
      return a !== 0 || b !== 0 ? 1 : 0;
    case Op.AND:
      return a !== 0 && b !== 0 ? 1 : 0;
    case Op.NOT:
      return a === 0 ? 1 : 0;
    case Op.MOV:
      return a;
    case Op.LT:
      return a < b ? 1 : 0;
    case Op.LE:
      return a <= b ? 1 : 0;
    case Op.EQ:
      return a === b ? 1 : 0;
    case Op.SEL:
      return a !== 0 ? b : c;
    default:
      return BEYOND;
  }
}

/**
 * Runs prepared code over a frame of safe integers, of which sums, products and quotients are exact. Answers false where
 * a value leaves them or a law of docs/waterfall-program.md would be broken: that is judged with `bigint`.
 * @param cash slot of C when the deposit comes in as what is to be remitted, S[n] in slot `remittance`; −1 otherwise.
 */
export function runSafe(code: Int32Array, frame: number[], log: RunLog, cash: number, remittance: number): boolean {
  let awaited = cash;
  let at = 0;
  while (code[at] !== Op.END) {
    const op = code[at]!;
    const first = code[at + 1]!;
    if (op === Op.PAY) {
      if (first === awaited) {
        log.deposit = frame[remittance]!;
        frame[first] = log.deposit;
        awaited = -1;
      }
      if (!pay(code, at, frame, log)) return false;
      at += STRIDE;
    } else if (op === Op.JMP) at = first;
    else if (op === Op.JZ) at = frame[first] === 0 ? code[at + 2]! : at + STRIDE;
    else {
      const value = valueOf(code, at, frame);
      if (value > MOST) return false;
      frame[first] = value;
      at += STRIDE;
    }
  }
  return true;
}
