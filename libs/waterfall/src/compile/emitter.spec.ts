import { beforeEach, describe, expect, it } from '@jest/globals';
import { Assembler, type Operand, type Ref } from './assembler.js';
import { Emitter } from './emitter.js';
import { LoweringFault, ValueUnknown } from './errors.js';

const AT = 7;
let asm: Assembler;
let emitter: Emitter;
let a: Ref;
let b: Ref;

beforeEach(() => {
  asm = new Assembler();
  emitter = new Emitter(asm, (offset) => ({ line: 1, column: offset }));
  a = asm.slot('I', 'a');
  b = asm.slot('I', 'b');
});

/** Operations that were emitted, and the value. */
function emitted(combine: () => Operand): [string[], Operand] {
  let value: Operand = 0n;
  const code = asm.block(() => {
    value = combine();
  });
  return [code.map(({ op }) => op ?? ''), value];
}

describe('an operation that one operand decides is left out', () => {
  it('of a sum and a difference', () => {
    expect(emitted(() => emitter.combine(AT, 'ADD', a, 0n))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'ADD', 0n, a))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'SUB', a, 0n))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'SSUB', a, 0n))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'SSUB', 0n, a))).toEqual([[], 0n]);
    // 0 − a stops the run unless a is zero, which has to be seen
    expect(emitted(() => emitter.combine(AT, 'SUB', 0n, a))[0]).toEqual(['SUB']);
  });

  it('of an extreme', () => {
    expect(emitted(() => emitter.combine(AT, 'MIN', a, 0n))).toEqual([[], 0n]);
    expect(emitted(() => emitter.combine(AT, 'MIN', 0n, a))).toEqual([[], 0n]);
    expect(emitted(() => emitter.combine(AT, 'MAX', a, 0n))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'MAX', 0n, a))).toEqual([[], a]);
  });

  it('of a selection', () => {
    expect(emitted(() => emitter.combine(AT, 'SEL', 1n, a, b))).toEqual([[], a]);
    expect(emitted(() => emitter.combine(AT, 'SEL', 0n, a, b))).toEqual([[], b]);
    expect(emitted(() => emitter.combine(AT, 'SEL', a, b, b))).toEqual([[], b]);
    expect(emitted(() => emitter.combine(AT, 'SEL', a, 1n, 1n))).toEqual([[], 1n]);
  });

  it('and no other', () => {
    const cases: [Parameters<Emitter['combine']>[1], ...Operand[]][] = [
      ['ADD', a, 1n],
      ['ADD', 1n, a],
      ['SUB', a, 1n],
      ['SSUB', 1n, a],
      ['MIN', a, 1n],
      ['MIN', 1n, a],
      ['MAX', a, 1n],
      ['MAX', 1n, a],
      ['SEL', a, 0n, 1n],
      ['SEL', a, 0n, b],
      ['SEL', a, b, 0n],
      ['AND', a, 0n],
      ['AND', 0n, a],
      ['OR', 0n, a],
      ['EQ', a, 0n],
      ['EQ', 0n, a],
      ['LT', 0n, a],
      ['LE', a, 0n],
      ['MULF', a, 0n, 1n],
      ['MULN', 0n, a, 1n],
      ['MULF', a, b, b],
    ];
    for (const [op, ...operands] of cases) expect(emitted(() => emitter.combine(AT, op, ...operands))[0]).toEqual([op]);
  });
});

describe('sums', () => {
  it('of constants are constants, and of one slot the slot', () => {
    expect(emitted(() => emitter.add(AT, [1n, 2n, 3n]))).toEqual([[], 6n]);
    expect(emitted(() => emitter.add(AT, []))).toEqual([[], 0n]);
    expect(emitted(() => emitter.settle(AT, { plus: [a], minus: [] }))).toEqual([[], a]);
    expect(emitted(() => emitter.settle(AT, { plus: [5n, a], minus: [3n, 2n] }))).toEqual([[], a]);
  });

  it('have their signs apart without code where one is nothing', () => {
    expect(emitter.parts(AT, { plus: [a], minus: [] })).toEqual({ plus: a, minus: 0n });
    expect(emitter.parts(AT, { plus: [], minus: [a] })).toEqual({ plus: 0n, minus: a });
    expect(emitted(() => emitter.parts(AT, { plus: [a], minus: [b] }).plus)[0]).toEqual(['SSUB', 'SSUB']);
    // a − 1 is not known to be above zero
    expect(emitted(() => emitter.parts(AT, { plus: [a], minus: [1n] }).plus)[0]).toEqual(['SSUB', 'SSUB']);
    expect(emitted(() => emitter.parts(AT, { plus: [1n], minus: [a] }).plus)[0]).toEqual(['SSUB', 'SSUB']);
    expect(emitted(() => emitter.magnitude(AT, { plus: [], minus: [a] }))).toEqual([[], a]);
  });
});

describe('constants', () => {
  const limit = 2n ** 128n;

  it('fit a slot, 0 to 2^128 − 1', () => {
    expect(emitted(() => emitter.combine(AT, 'MIN', a, limit - 1n))[0]).toEqual(['MIN']);
    for (const constant of [limit, -1n]) {
      expect(() => emitter.combine(AT, 'MIN', a, constant)).toThrow(
        expect.objectContaining({ code: 'constant-range', at: AT }),
      );
    }
    expect(() => emitter.combine(AT, 'ADD', limit - 1n, 1n)).toThrow(
      expect.objectContaining({ code: 'constant-range', at: AT }),
    );
    expect(emitter.combine(AT, 'ADD', limit - 2n, 1n)).toBe(limit - 1n);
    expect(() => emitter.combine(AT, 'SUB', 1n, 2n)).toThrow(LoweringFault);
    expect(() => emitter.combine(AT, 'SUB', 1n, 2n)).toThrow(expect.objectContaining({ code: 'negative', at: AT }));
    expect(() => emitter.combine(AT, 'MULF', 1n, 2n, 0n)).toThrow(
      expect.objectContaining({ code: 'division-by-zero', at: AT }),
    );
  });
});

describe('places', () => {
  it('instructions come from where the document asks for them, if it does', () => {
    const place = (at: number) => asm.block(() => emitter.combine(at, 'ADD', a, b))[0]?.place;
    asm.place = { line: 9, column: 9 };
    expect(place(AT)).toEqual({ line: 1, column: AT });
    expect(place(1)).toEqual({ line: 1, column: 1 });
    expect(place(0)).toEqual({ line: 9, column: 9 });
  });
});

describe('an unknown value', () => {
  it('makes unknown what is computed from it, even where another operand would decide', () => {
    const unknown = emitter.unknown();
    expect(emitted(() => emitter.combine(AT, 'MIN', unknown, 0n))).toEqual([[], unknown]);
    expect(emitted(() => emitter.combine(AT, 'SUB', 1n, unknown))).toEqual([[], unknown]);
    expect(emitted(() => emitter.combine(AT, 'MULF', a, 1n, unknown))).toEqual([[], unknown]);
    expect(emitter.isUnknown(emitter.combine(AT, 'ADD', a, b))).toBe(false);
  });

  it('is neither known at closing nor not known', () => {
    expect(emitter.constant({ plus: [5n, 4n], minus: [10n] })).toBe(-1n);
    expect(emitter.constant({ plus: [5n, a], minus: [] })).toBeNull();
    expect(() => emitter.constant({ plus: [5n], minus: [emitter.unknown()] })).toThrow(ValueUnknown);
  });
});
