import { describe, expect, it } from '@jest/globals';
import type { Ref } from './assembler.js';
import { multipleOf } from './lower-units.js';
import type { Sum } from './sum.js';

const slot: Ref = { region: 'I', index: 0 };

describe('a multiple to round to', () => {
  it('is one constant above zero', () => {
    expect(multipleOf({ plus: [500n], minus: [] }, 0)).toBe(500n);
    expect(multipleOf({ plus: [500n, 1n], minus: [400n] }, 0)).toBe(101n);
  });

  it.each<[string, Sum]>([
    ['nothing', { plus: [], minus: [] }],
    ['below zero', { plus: [], minus: [500n] }],
    ['a slot', { plus: [slot], minus: [] }],
    ['a slot and a constant', { plus: [500n, slot], minus: [] }],
    ['a constant less a slot', { plus: [500n], minus: [slot] }],
  ])('is not %s', (_, sum) => {
    expect(() => multipleOf(sum, 4)).toThrow(expect.objectContaining({ code: 'arguments', at: 4 }));
  });
});
