import { describe, expect, it } from '@jest/globals';
import { readMoney, readRate } from './cells.js';

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

describe('an amount', () => {
  it.each<[string, bigint, boolean]>([
    ['12.345', 1235n, true],
    ['12.3450001', 1235n, true],
    // Computed in float64: nothing was rounded away.
    ['12140.960000000001', 1_214_096n, false],
    ['-565.2499999999999', -56_525n, false],
    ['7.50000', 750n, false],
    ['1.8189894035458565E-12', 0n, false],
    ['-4.547473508864641e-13', 0n, false],
    ['2.5E-1', 25n, false],
  ])('reads %s as %s cents', (cell, cents, rounded) => expect(readMoney(cell)).toEqual({ cents, rounded }));
});
