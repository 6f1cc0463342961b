import { describe, expect, it } from '@jest/globals';
import { MoneySums } from './money-sums.js';

describe('sums of amounts', () => {
  it('are exact where float64 is not', () => {
    const sums = new MoneySums(2);
    // 4,503,599,627,370,495 = 2^52 − 1. Three of them and 2: 3 × 2^52 − 1, an odd number beyond 2^53.
    for (let time = 0; time < 3; time++) sums.addSmall(1, 2 ** 52 - 1);
    sums.addSmall(1, 2);
    expect(sums.of(1)).toBe(13_510_798_882_111_487n);
    expect([sums.is(1, 13_510_798_882_111_487n), sums.is(1, 13_510_798_882_111_488n)]).toEqual([true, false]);
    expect(sums.of(0)).toBe(0n);
  });

  it('take amounts beyond float64 and give them back', () => {
    const sums = new MoneySums(1);
    sums.addSmall(0, 5);
    sums.add(0, 10n ** 20n + 1n);
    expect(sums.of(0)).toBe(100_000_000_000_000_000_006n);
    sums.add(0, -(10n ** 20n));
    expect([sums.of(0), sums.is(0, 6n), sums.is(0, 5n)]).toEqual([6n, true, false]);
  });
});
