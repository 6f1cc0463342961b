import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RootNotBracketed, RootNotReached } from '../errors.js';
import { largestThat } from './largest.js';
import { bracketAround, solveFor } from './root.js';

describe('solveFor', () => {
  it('solves x² = 2, from either side, and at the ends', () => {
    expect(solveFor((x) => x * x, 2, { lower: 0, upper: 2 })).toBeCloseTo(Math.SQRT2, 12);
    expect(solveFor((x) => -x, -3, { lower: 0, upper: 10 })).toBeCloseTo(3, 12);
    expect(solveFor((x) => x, 0, { lower: 0, upper: 1 })).toBe(0);
    expect(solveFor((x) => x, 1, { lower: 0, upper: 1 })).toBe(1);
  });

  it('finds the step of a function that jumps', () => {
    const jump = solveFor((x) => (x < 0.3 ? -1 : 1), 0, { lower: 0, upper: 1, tolerance: 1e-9 });
    expect(jump).toBeCloseTo(0.3, 8);
  });

  it('starts from an end at which the function is infinite, and where it is vanishingly small', () => {
    expect(solveFor((x) => 1 / x, 2, { lower: 0, upper: 10 })).toBeCloseTo(0.5, 12);
    expect(solveFor((x) => 1e-200 * (x - 3), 0, { lower: 0, upper: 10 })).toBeCloseTo(3, 12);
  });

  it('solves cubics that are flat at the root', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (root) => {
        const found = solveFor((x) => (x - root) ** 3 + (x - root) / 100, 0, { lower: -7, upper: 9 });
        expect(found).toBeCloseTo(root, 9);
      }),
      { numRuns: 100 },
    );
  });

  it('says that there is no solution, with what the ends give', () => {
    const fault = () => solveFor((x) => x * x, -1, { lower: 0, upper: 2 });
    expect(fault).toThrow(RootNotBracketed);
    expect(fault).toThrow('no solution between 0 (gives 0) and 2 (gives 4) for -1');
    expect(() => solveFor((x) => x ** 3, 0.1, { lower: 0, upper: 2, steps: 2 })).toThrow(RootNotReached);
  });

  it('widens a bracket up to its limits', () => {
    const range = { from: 0, step: 1, least: -10, most: 1000 };
    expect(bracketAround((x) => x, 5, range)).toEqual({ lower: -8, upper: 8 });
    expect(() => bracketAround((x) => x, 2000, range)).toThrow(RootNotBracketed);
  });
});

describe('largestThat', () => {
  it('finds the largest class, in thousands, with enhancement of 12 %', () => {
    const sized = largestThat((size) => 1 - size / 183_639_404 >= 0.12, { lower: 0, upper: 183_639_404, step: 1000 });
    expect(sized).toBe(161_602_000); // 0.88 × 183,639,404 = 161,602,675.52
  });

  it('may be the upper end, and must hold at the lower one', () => {
    expect(largestThat(() => true, { lower: 10, upper: 50, step: 20 })).toBe(50);
    expect(largestThat((x) => x < 45, { lower: 10, upper: 50, step: 20 })).toBe(30);
    expect(() => largestThat(() => false, { lower: 0, upper: 1, step: 0.1 })).toThrow(RootNotBracketed);
  });
});
