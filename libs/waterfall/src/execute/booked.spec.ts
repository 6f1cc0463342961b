import { describe, expect, it } from '@jest/globals';
import type { Program } from '../program/program.js';
import { checkBooked } from './booked.js';

/** One class, whose interest and principal come first; then the payees. */
const program = { layout: { tranches: 1 } } as Program;
/** 2^64 cents. */
const LIMIT = 18_446_744_073_709_551_616n;
const check = (deposit: bigint, ...outputs: bigint[]) => checkBooked(program, deposit, { outputs });

describe('what a vault can book', () => {
  it('takes the most that it stores, and any amount to classes', () => {
    expect(() => check(LIMIT - 1n, LIMIT, LIMIT, LIMIT - 2n, 1n)).not.toThrow();
  });

  it('refuses a deposit above that', () => {
    expect(() => check(LIMIT, 0n, 0n, 0n)).toThrow(`the deposit is ${LIMIT} cents, and a vault books less than 2^64`);
  });

  it('refuses payees who are paid more together, though none alone is', () => {
    expect(() => check(0n, 0n, 0n, LIMIT - 1n, 1n)).toThrow(`the payees are paid ${LIMIT} cents`);
  });
});
