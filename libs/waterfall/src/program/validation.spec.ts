import { describe, expect, it } from '@jest/globals';
import { parts, program } from '../../fixtures/machine.js';
import { compileText } from '../../fixtures/sample-deal.js';
import { decodeProgram, encodeParts, encodeProgram, ProgramError, type ProgramRule } from '../index.js';

type Edit = (bytes: Uint8Array) => Uint8Array;

// One constant: code begins at byte 64. PAY at 64 (9 bytes), JZ at 73 (5), MOV at 78 (5), END at 83; 84 bytes in all.
// Frame: K0 = 0, I0 I1 = 1 2, C0 = 3, A0 A1 = 4 5, S0 S1 = 6 7, X0 = 8, T0… = 9 … 12; 13 slots.
const LINES: Parameters<typeof program>[1] = [
  ['PAY', 'C0', 'A0', 'C0', 'T0'],
  ['JZ', 'I0', 19],
  ['MOV', 'T1', 'K0'],
];
const GOOD = program([5n], LINES).bytes;

const set =
  (at: number, ...values: number[]): Edit =>
  (bytes) => {
    bytes.set(values, at);
    return bytes;
  };

/** Bytes of a slot operand. */
const slot = (id: number): number[] => [(32 * id) >> 8, (32 * id) & 0xff];

function ruleOf(edit: Edit): ProgramRule | 'valid' {
  try {
    decodeProgram(edit(GOOD.slice()));
    return 'valid';
  } catch (error) {
    if (error instanceof ProgramError) return error.rule;
    throw error;
  }
}

describe('a program from bytes', () => {
  it('the untouched one is valid, and has the shape that was written', () => {
    expect(GOOD).toHaveLength(84);
    expect(ruleOf((bytes) => bytes)).toBe('valid');
    const { layout, constants, code } = decodeProgram(GOOD);
    expect(layout).toMatchObject({ slots: 13, rows: 1, pays: 1, tranches: 0, codeLength: 20 });
    expect(constants).toEqual([5n]);
    expect(code.map(({ offset, op }) => `${offset} ${op}`)).toEqual(['0 PAY', '9 JZ', '14 MOV', '19 END']);
  });

  it.each<[ProgramRule, string, Edit]>([
    ['header', 'shorter than its header', (bytes) => bytes.slice(0, 31)],
    ['version', 'version 2', set(0, 2)],
    ['reserved', 'byte 1', set(1, 1)],
    ['reserved', 'byte 27', set(27, 1)],
    ['reserved', 'byte 31', set(31, 1)],
    ['deposit-slot', 'no cash input', set(8, 0, 0)],
    ['deposit-slot', 'two cash inputs', set(8, 0, 2)],
    ['slots', '2,048 slots', set(16, 0x07, 0xf7)], // 2,039 of T instead of 4 makes 13 + 2,035 = 2,048
    ['tranche-slots', 'state without the remittance', set(25, 0, 2)],
    ['tranche-slots', 'sinks without the principal', set(25, 0, 1)],
    ['rows', 'no payment date', set(18, 0, 0)],
    ['length', 'no code', set(20, 0, 0, 0)],
    ['length', 'code over 65,535 bytes', set(20, 1, 0, 0)],
    ['length', 'a byte too few', (bytes) => bytes.slice(0, -1)],
    ['length', 'a byte too many', (bytes) => Uint8Array.of(...bytes, 0)],
    ['length', 'a row word promised', set(4, 0, 1)],
    ['constant', '2^128', set(47, 1)],
    ['opcode', 'opcode 20', set(78, 20)],
    ['truncated', 'an instruction past the end', set(83, 11)],
    ['operand', 'no multiple of 32', set(81, 0, 1)],
    ['operand', 'a slot outside the frame', set(81, ...slot(13))],
    ['write', 'into a constant', set(79, ...slot(0))],
    ['write', 'into an input', set(79, ...slot(1))],
    ['write', 'into the deposit', set(79, ...slot(3))],
    ['write', 'into an account', set(79, ...slot(4))],
    ['write', 'into a sink', set(79, ...slot(8))],
    ['write', 'PAY short into an account', set(71, ...slot(4))],
    ['pay-from', 'PAY from a sink', set(65, ...slot(8))],
    ['pay-from', 'PAY from state', set(65, ...slot(6))],
    ['pay-to', 'PAY to the deposit', set(67, ...slot(3))],
    ['pay-to', 'PAY to scratch', set(67, ...slot(9))],
    ['pay-same', 'PAY to its source', (bytes) => set(67, ...slot(4))(set(65, ...slot(4))(bytes))],
    ['pay-count', 'two PAY promised', set(23, 0, 2)],
    ['jump', 'backwards', set(76, 0, 0)],
    ['jump', 'to itself', set(76, 0, 9)],
    ['jump', 'between instructions', set(76, 0, 15)],
    ['jump', 'past the end', set(76, 0, 20)],
    ['end', 'END in the middle', set(78, 0, 0, 0, 0, 0)],
  ])('breaks the rule "%s": %s', (rule, _, edit) => {
    expect(ruleOf(edit)).toBe(rule);
  });

  it('without END at all', () => {
    const { code, ...rest } = parts([5n], LINES);
    const bytes = encodeParts({ ...rest, code: code.slice(0, -1) });
    expect(() => decodeProgram(bytes)).toThrow(expect.objectContaining({ rule: 'end' }));
  });

  it('the largest frame is valid', () => {
    // 2,038 of T instead of 4: 2,047 slots
    expect(ruleOf(set(16, 0x07, 0xf6))).toBe('valid');
  });

  it('keeps its own copy of the bytes', () => {
    const bytes = GOOD.slice();
    const decoded = decodeProgram(bytes);
    bytes[63] = 6;
    expect(decoded.bytes[63]).toBe(5);
  });
});

describe('encode and decode', () => {
  it('are inverse for the sample deal', () => {
    const { program: compiled } = compileText();
    const { layout, constants, code, rows } = compiled;
    const counts = Object.fromEntries(Object.entries(layout.regions).map(([name, { count }]) => [name, count]));
    const again = encodeProgram({ counts: counts as never, tranches: layout.tranches, constants, code, rows });
    expect(again).toEqual(compiled);
    expect(decodeProgram(compiled.bytes)).toEqual(compiled);
  });
});
