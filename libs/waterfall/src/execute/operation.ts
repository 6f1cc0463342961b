import type { OpName } from '../program/opcodes.js';
import { DivisionByZero, ValueOutOfRange } from './errors.js';

const flag = (value: boolean): bigint => (value ? 1n : 0n);

function quotient(op: OpName, offset: number, dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new DivisionByZero(offset, op);
  return dividend / divisor;
}

/**
 * Value that an instruction other than PAY, JZ, JMP and END writes. a, b, c are the read operands in encoded order,
 * zero where the instruction has fewer. The caller checks the upper bound. @throws DivisionByZero, ValueOutOfRange
 */
export function valueOf(op: OpName, a: bigint, b: bigint, c: bigint, offset: number): bigint {
  switch (op) {
    case 'ADD':
      return a + b;
    case 'SUB':
      if (a < b) throw new ValueOutOfRange(offset, op);
      return a - b;
    case 'SSUB':
      return a > b ? a - b : 0n;
    case 'MIN':
      return a < b ? a : b;
    case 'MAX':
      return a > b ? a : b;
    case 'MULF':
      return quotient(op, offset, a * b, c);
    case 'MULN':
      return quotient(op, offset, a * b + c / 2n, c);
    case 'MULC':
      return quotient(op, offset, a * b + (c === 0n ? 0n : c - 1n), c);
    case 'OR':
      return flag(a !== 0n || b !== 0n);
    case 'AND':
      return flag(a !== 0n && b !== 0n);
    case 'NOT':
      return flag(a === 0n);
    case 'MOV':
      return a;
    case 'LT':
      return flag(a < b);
    case 'LE':
      return flag(a <= b);
    case 'EQ':
      return flag(a === b);
    case 'SEL':
      return a !== 0n ? b : c;
    case 'PAY':
    case 'JZ':
    case 'JMP':
    case 'END':
      return 0n;
  }
}
