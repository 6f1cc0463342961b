import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { absToSmm, cprToSmm, monthlyPrepayment, psaToCpr, sdaToCdr, smmToAbs, smmToCpr } from './speed.js';

describe('speeds of Uniform Practices, chapter SF', () => {
  it('turns an SMM of 0.435270 % into 5.1000 % CPR, the example of SF-7', () => {
    expect(100 * smmToCpr(0.0043527)).toBeCloseTo(5.1, 4);
    expect(100 * cprToSmm(0.051)).toBeCloseTo(0.43527, 5);
  });

  it('finds that CPR to be 150 % PSA in month 17', () => {
    // 1.5 × 0.2 % × 17
    expect(psaToCpr(1.5, 17)).toBeCloseTo(0.051, 12);
  });

  it('ramps PSA to 6 % at month 30 and never below month 1', () => {
    expect(psaToCpr(1, 0)).toBeCloseTo(0.002, 12);
    expect(psaToCpr(1, 29)).toBeCloseTo(0.058, 12);
    expect(psaToCpr(1, 30)).toBeCloseTo(0.06, 12);
    expect(psaToCpr(1, 300)).toBeCloseTo(0.06, 12);
    expect(psaToCpr(20, 30)).toBe(1);
  });

  // The conversion table of SF-15, percent to two places.
  it.each([
    [1, 0.5, 1.0, 1.5, 2.0],
    [10, 0.52, 1.1, 1.73, 2.44],
    [20, 0.55, 1.23, 2.1, 3.23],
    [30, 0.58, 1.41, 2.65, 4.76],
    [40, 0.62, 1.64, 3.61, 9.09],
    [50, 0.66, 1.96, 5.66, 100.0],
  ])('turns ABS speeds into the SMM published for month %i', (month, ...published) => {
    const speeds = [0.005, 0.01, 0.015, 0.02];
    expect(speeds.map((abs) => Math.round(absToSmm(abs, month) * 10_000) / 100)).toEqual(published);
  });

  it('comes back from SMM to ABS, and from CPR to SMM', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 400 }), (smm, age) => {
        expect(absToSmm(smmToAbs(smm, age), age)).toBeCloseTo(smm, 10);
        // Near 1 so little is left after a year that float64 does not tell it from nothing.
        expect(cprToSmm(smmToCpr(smm / 2))).toBeCloseTo(smm / 2, 10);
      }),
    );
  });

  it('prepays everything once an ABS speed has used up the original loans', () => {
    expect(absToSmm(0.02, 51)).toBe(1);
    expect(absToSmm(0.02, 90)).toBe(1);
    expect(absToSmm(0, 90)).toBe(0);
  });

  it('follows the SDA curve', () => {
    const points = [1, 30, 45, 60, 61, 120, 121, 300].map((age) => Math.round(sdaToCdr(1, age) * 1e7) / 1e5);
    // percent: 0.02 × age, 0.60, then 0.60 − 0.0095 × (age − 60), then 0.03
    expect(points).toEqual([0.02, 0.6, 0.6, 0.6, 0.5905, 0.03, 0.03, 0.03]);
  });

  it('reads vectors by month of the deal or by age and holds their last value', () => {
    const values = [0.01, 0.02];
    const byMonth = { model: 'SMM', speed: { by: 'month', values } } as const;
    const byAge = { model: 'SMM', speed: { by: 'age', values } } as const;
    expect([1, 2, 9].map((month) => monthlyPrepayment(byMonth, month, month + 10))).toEqual([0.01, 0.02, 0.02]);
    expect([1, 2].map((month) => monthlyPrepayment(byAge, month, month + 10))).toEqual([0.02, 0.02]);
    expect(monthlyPrepayment(byAge, 7, 1)).toBe(0.01);
  });
});
