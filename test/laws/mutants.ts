import { HEADER_BYTES, OPS, operandsOf, type OpName, type Program, sizeOf, WORD_BYTES } from '@weir/waterfall';
import type { Random } from './random.js';

type Mutate = (random: Random, program: Program) => Uint8Array;

const codeStart = ({ layout }: Program): number => HEADER_BYTES + WORD_BYTES * layout.regions.K.count;

/** The program with bytes put in at one place. */
function patched({ bytes }: Program, at: number, values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

const u16 = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff];

/** Where the two bytes of one operand of a random instruction stand. */
function anyOperand(random: Random, program: Program, ops: readonly OpName[] = OPS): number | null {
  const lines = program.code.filter(({ op }) => op !== 'END' && ops.includes(op));
  if (lines.length === 0) return null;
  const { op, offset } = random.pick(lines);
  return codeStart(program) + offset + 1 + 2 * random.below(operandsOf(op).length);
}

function flipBit(random: Random, program: Program, from: number, to: number): Uint8Array {
  const at = from + random.below(to - from);
  return patched(program, at, [(program.bytes[at] ?? 0) ^ (1 << random.below(8))]);
}

function swapOperands(random: Random, program: Program): Uint8Array {
  const [one, other] = [anyOperand(random, program), anyOperand(random, program)];
  if (one === null || other === null) return program.bytes.slice();
  const copy = patched(program, one, [...program.bytes.slice(other, other + 2)]);
  copy.set(program.bytes.slice(one, one + 2), other);
  return copy;
}

/** One header count moved by one, the blob's length with it where the count says so: the length alone must not decide. */
function resized(random: Random, program: Program): Uint8Array {
  const at = random.pick([2, 4, 6, 8, 10, 12, 14, 16, 18, 23, 25]);
  const count = ((program.bytes[at] ?? 0) << 8) | (program.bytes[at + 1] ?? 0);
  const next = Math.max(0, count + random.pick([-1, 1]));
  const { R } = program.layout.regions;
  const rowBytes = (rows: number, width: number): number => 16 * rows * width;
  const before = rowBytes(program.layout.rows, R.count);
  const after = at === 18 ? rowBytes(next, R.count) : at === 4 ? rowBytes(program.layout.rows, next) : before;
  const size = program.bytes.length + after - before;
  const copy = new Uint8Array(size);
  copy.set(patched(program, at, u16(next)).subarray(0, size));
  return copy;
}

/** An instruction taken for another of the same size, so that the walk over the code stays in step. */
function otherOpcode(random: Random, program: Program): Uint8Array {
  const { op, offset } = random.pick(program.code);
  const same = OPS.filter((name) => sizeOf(name) === sizeOf(op));
  return patched(program, codeStart(program) + offset, [OPS.indexOf(random.pick(same))]);
}

function otherSlot(random: Random, program: Program): Uint8Array {
  const at = anyOperand(random, program);
  const slot = random.below(program.layout.slots + 2);
  return at === null ? program.bytes.slice() : patched(program, at, u16(32 * slot));
}

function otherJump(random: Random, program: Program): Uint8Array {
  const at = anyOperand(random, program, ['JZ', 'JMP']);
  const target = random.chance(50) ? random.pick(program.code).offset : random.below(program.layout.codeLength + 3);
  return at === null ? program.bytes.slice() : patched(program, at, u16(target));
}

const lengthened: Mutate = (random, { bytes }) => new Uint8Array([...bytes, ...Array(1 + random.below(32)).fill(0)]);

/** Ways to spoil a program, by name. Some leave it valid: the two validators must agree on those as well. */
export const MUTATIONS: Record<string, Mutate> = {
  'bit of the header': (random, program) => flipBit(random, program, 0, HEADER_BYTES),
  'bit of a constant': (random, program) => flipBit(random, program, HEADER_BYTES, codeStart(program)),
  'bit of the code': (random, program) =>
    flipBit(random, program, codeStart(program), codeStart(program) + program.layout.codeLength),
  'any byte': (random, program) => patched(program, random.below(program.bytes.length), [random.below(256)]),
  truncated: (random, { bytes }) => bytes.slice(0, random.below(bytes.length)),
  lengthened,
  'operands swapped': swapOperands,
  'other slot': otherSlot,
  'other opcode': otherOpcode,
  'END taken for another': (random, program) =>
    patched(program, codeStart(program) + program.layout.codeLength - 1, [1 + random.below(OPS.length - 1)]),
  'other jump': otherJump,
  'count moved': resized,
};
