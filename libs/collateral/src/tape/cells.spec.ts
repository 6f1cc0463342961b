import { describe, expect, it } from '@jest/globals';
import { readRate } from './cells.js';

describe('a rate', () => {
  it.each<[string, bigint | null]>([
    ['0.0687', 68_700_000_000n],
    ['6.87%', 68_700_000_000n],
    ['-0.5 %', -5_000_000_000n],
    ['12%', 120_000_000_000n],
    // Twelve decimals of the fraction are ten of the percentage; the eleventh rounds half up.
    ['0.00000000005%', 1n],
    ['0.00000000004%', 0n],
    ['%', null],
    ['6.87%%', null],
  ])('reads %s as %s', (cell, rate) => expect(readRate(cell)).toBe(rate));
});
