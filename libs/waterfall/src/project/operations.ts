import type { Instruction } from '../program/program.js';
import type { WasmCode } from './wasm-code.js';

/** How an instruction's slots are read and written in the function that is being written. */
export interface Slots {
  /** Pushes a slot's value. */
  get(slot: number): void;
  /** Pops into a slot. */
  set(slot: number): void;
  /** The value of a constant; undefined for any other slot. */
  constant(slot: number): bigint | undefined;
  /** Two float64 locals to work with. */
  amount: number;
  due: number;
  /** Index of the function that decides a quotient which float64 leaves open. */
  quotient: number;
}

export type FaultKind = 'RANGE' | 'DIV0';

/** A fault as one positive integer: its instruction's offset and kind. */
export const faultCode = (offset: number, kind: FaultKind): number => 1 + 2 * offset + (kind === 'DIV0' ? 1 : 0);

/** Back from `faultCode`. */
export const faultOf = (code: number): { offset: number; kind: FaultKind } => ({
  offset: (code - 1) >> 1,
  kind: (code - 1) & 1 ? 'DIV0' : 'RANGE',
});

/** Returns from the function with a fault when the i32 on the stack is not zero. */
function faultIf(code: WasmCode, offset: number, kind: FaultKind): void {
  code.begin('if');
  code.i32(-faultCode(offset, kind)).op('return').end();
}

function subtract(code: WasmCode, slots: Slots, { offset, operands }: Instruction): void {
  const [d = 0, a = 0, b = 0] = operands;
  slots.get(a);
  slots.get(b);
  code.op('f64.lt');
  faultIf(code, offset, 'RANGE');
  slots.get(a);
  slots.get(b);
  code.op('f64.sub');
  slots.set(d);
}

/** Pushes a when a ? b holds under the comparison, else b: cheaper than f64.min, which also orders NaN and −0. */
function pick(code: WasmCode, slots: Slots, a: number, b: number, comparison: 'f64.lt' | 'f64.gt'): void {
  for (const slot of [a, b, a, b]) slots.get(slot);
  code.op(comparison, 'select');
}

function multiply(code: WasmCode, slots: Slots, instruction: Instruction): void {
  const { offset, operands } = instruction;
  const [d = 0, a = 0, b = 0, c = 0] = operands;
  const divisor = slots.constant(c);
  if (divisor === undefined || divisor === 0n) {
    slots.get(c);
    code.f64(0).op('f64.eq');
    faultIf(code, offset, 'DIV0');
  }
  slots.get(a);
  if (slots.constant(b) !== 1n) {
    slots.get(b);
    code.op('f64.mul');
  }
  if (divisor !== 1n) divide(code, slots, instruction, divisor);
  slots.set(d);
}

/**
 * Pushes what is added to a·b, so that its quotient by c is to be rounded down: of a ceiling c and not c − 1, which float64
 * does not have for large c. Where c divides a·b the quotient is then one too high, and in doubt.
 */
function pushAdded(code: WasmCode, slots: Slots, op: string, c: number, divisor: bigint | undefined): void {
  if (op === 'MULF') code.f64(0);
  else if (op === 'MULC') slots.get(c);
  else if (divisor !== undefined) code.f64(Number(divisor / 2n));
  else {
    slots.get(c);
    code.f64(0.5).op('f64.mul', 'f64.floor');
  }
}

/**
 * Replaces the product on the stack by its rounded quotient. Product, sum and quotient err by less than 3 × 2^-53 of the
 * quotient together: where a whole number lies within 2^-51 of it, in proportion, a function decides with the exact products.
 */
function divide(code: WasmCode, slots: Slots, { op, operands }: Instruction, divisor: bigint | undefined): void {
  const [, a = 0, b = 0, c = 0] = operands;
  const added = (): void => pushAdded(code, slots, op, c, divisor);
  if (op !== 'MULF') {
    added();
    code.op('f64.add');
  }
  slots.get(c);
  code.op('f64.div').set(slots.amount);
  code
    .get(slots.amount)
    .get(slots.amount)
    .f64(2 ** -51)
    .op('f64.mul')
    .tee(slots.due);
  code.op('f64.sub', 'f64.floor').get(slots.amount).get(slots.due);
  code.op('f64.add', 'f64.floor').tee(slots.amount).op('f64.ne');
  code.begin('if');
  code.get(slots.amount);
  slots.get(a);
  slots.get(b);
  added();
  slots.get(c);
  // A ceiling by c, and not by c − 1, is one too high also where nothing is left over.
  code.f64(op === 'MULC' ? 1 : 0);
  code.call(slots.quotient).set(slots.amount).end();
  code.get(slots.amount);
}

function pay(code: WasmCode, slots: Slots, [from = 0, to = 0, due = 0, short = 0]: readonly number[]): void {
  if (due === from) return drain(code, slots, from, to, short);
  slots.get(due);
  code.set(slots.due);
  code.get(slots.due);
  slots.get(from);
  code.get(slots.due);
  slots.get(from);
  code.op('f64.lt', 'select').set(slots.amount);
  slots.get(from);
  code.get(slots.amount).op('f64.sub');
  slots.set(from);
  slots.get(to);
  code.get(slots.amount).op('f64.add');
  slots.set(to);
  code.get(slots.due).get(slots.amount).op('f64.sub');
  slots.set(short);
}

/** PAY of everything that is in `from`. */
function drain(code: WasmCode, slots: Slots, from: number, to: number, short: number): void {
  slots.get(to);
  slots.get(from);
  code.op('f64.add');
  slots.set(to);
  code.f64(0);
  slots.set(from);
  code.f64(0);
  slots.set(short);
}

/** Pushes 1 when a slot is not zero, else 0, as an i32. */
function truth(code: WasmCode, slots: Slots, slot: number): void {
  slots.get(slot);
  code.f64(0).op('f64.ne');
}

function compare(code: WasmCode, slots: Slots, { op, operands }: Instruction): void {
  const [d = 0, a = 0, b = 0] = operands;
  if (op === 'AND' || op === 'OR') {
    truth(code, slots, a);
    truth(code, slots, b);
    code.op(op === 'AND' ? 'i32.and' : 'i32.or');
  } else {
    slots.get(a);
    if (op === 'NOT') code.f64(0);
    else slots.get(b);
    code.op(op === 'LT' ? 'f64.lt' : op === 'LE' ? 'f64.le' : 'f64.eq');
  }
  code.op('f64.convert_i32_s');
  slots.set(d);
}

/** Writes an instruction other than JZ, JMP and END. Below 2^50 it computes just what the exact executor does. */
export function writeOperation(code: WasmCode, slots: Slots, instruction: Instruction): void {
  const { op, operands } = instruction;
  const [d = 0, a = 0, b = 0, c = 0] = operands;
  switch (op) {
    case 'PAY':
      return pay(code, slots, operands);
    case 'SUB':
      return subtract(code, slots, instruction);
    case 'MULF':
    case 'MULN':
    case 'MULC':
      return multiply(code, slots, instruction);
    case 'OR':
    case 'AND':
    case 'NOT':
    case 'LT':
    case 'LE':
    case 'EQ':
      return compare(code, slots, instruction);
    case 'ADD':
      slots.get(a);
      slots.get(b);
      code.op('f64.add');
      break;
    case 'SSUB':
      slots.get(a);
      slots.get(b);
      code.op('f64.sub').f64(0);
      slots.get(a);
      slots.get(b);
      code.op('f64.gt', 'select');
      break;
    case 'MIN':
      pick(code, slots, a, b, 'f64.lt');
      break;
    case 'MAX':
      pick(code, slots, a, b, 'f64.gt');
      break;
    case 'MOV':
      slots.get(a);
      break;
    case 'SEL':
      slots.get(b);
      slots.get(c);
      truth(code, slots, a);
      code.op('select');
      break;
    case 'JZ':
    case 'JMP':
    case 'END':
      return;
  }
  slots.set(d);
}
