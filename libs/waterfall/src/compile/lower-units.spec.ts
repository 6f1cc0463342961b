import { describe, expect, it } from '@jest/globals';
import { Assembler, type Ref } from './assembler.js';
import { Emitter } from './emitter.js';
import { ValueUnknown } from './errors.js';
import { multipleOf } from './lower-units.js';
import type { Sum } from './sum.js';

const slot: Ref = { region: 'I', index: 0 };
const emitter = new Emitter(new Assembler(), () => ({ line: 1, column: 1 }));

describe('a multiple to round to', () => {
  it('is one constant above zero', () => {
    expect(multipleOf(emitter, { plus: [500n], minus: [] }, 0)).toBe(500n);
    expect(multipleOf(emitter, { plus: [500n, 1n], minus: [400n] }, 0)).toBe(101n);
  });

  it.each<[string, Sum]>([
    ['nothing', { plus: [], minus: [] }],
    ['below zero', { plus: [], minus: [500n] }],
    ['a slot', { plus: [slot], minus: [] }],
    ['a slot and a constant', { plus: [500n, slot], minus: [] }],
    ['a constant less a slot', { plus: [500n], minus: [slot] }],
  ])('is not %s', (_, sum) => {
    expect(() => multipleOf(emitter, sum, 4)).toThrow(expect.objectContaining({ code: 'arguments', at: 4 }));
  });

  it('is no fault where a part of it is unknown', () => {
    expect(() => multipleOf(emitter, { plus: [500n, emitter.unknown()], minus: [] }, 4)).toThrow(ValueUnknown);
  });
});
