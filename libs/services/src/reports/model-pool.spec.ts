import { describe, expect, it } from '@jest/globals';
import { parseRate } from '@weir/money';
import { poolOf } from './model-pool.js';
import { loan } from '../tapes/loan-month.fixture.js';
import { FIGURES } from './settled-period.fixture.js';

const base = { figures: FIGURES, cutOffPool: 18_363_940_443n, loansAtCutOff: 7_465 };

describe('the pool of the report', () => {
  it('rolls from opening to closing without a difference', () => {
    // 183,639,404.43 − 2,085,888.72 − 181,553,515.71 = 0.
    const pool = poolOf({ ...base, loans: [] });
    expect(pool).toMatchObject({ opening: 18_363_940_443n, principal: 208_588_872n, closing: 18_155_351_571n });
    expect(pool.rollDifference).toBe(0n);
  });

  it('shows what does not roll', () => {
    const figures = { ...FIGURES, poolClosing: FIGURES.poolClosing - 5n };
    expect(poolOf({ ...base, figures, loans: [] }).rollDifference).toBe(5n);
  });

  it('counts loans with a balance and weights by it', () => {
    const loans = [
      loan('a', 300_000n, 300_000n, { currentRate: parseRate('2.00 %'), creditScore: 700 }),
      loan('b', 100_000n, 100_000n, { currentRate: parseRate('6.01 %'), creditScore: 601 }),
      loan('c', 50_000n, 0n, { currentRate: parseRate('9.00 %'), creditScore: 800 }),
      loan('d', 0n, 0n),
    ];
    const figures = { ...FIGURES, poolClosing: 400_001n, extensions: 4 };
    const pool = poolOf({ ...base, figures, loans });
    expect([pool.openingLoans, pool.closingLoans]).toEqual([3, 2]);
    // 4,000.01 ÷ 2 = 2,000.005, half up; (2 % × 3 + 6.01 %) ÷ 4 = 3.0025 %, to 3.00 %; (700 × 3 + 601) ÷ 4 = 675.25.
    expect(pool.statistics).toEqual([
      { name: 'Average closing balance', value: '2,000.01' },
      { name: 'Average interest rate, weighted', value: '3.00 %' },
      { name: 'Average credit score, weighted', value: '675' },
      { name: 'Loans extended in the period', value: '4' },
      { name: 'Loans of the tape outside the pool', value: '107' },
    ]);
  });

  it('says so when no loan states a rate or a score', () => {
    const { statistics } = poolOf({ ...base, loans: [loan('a', 1n, 1n)] });
    expect(statistics[1]?.value).toBe('not stated');
    expect(statistics[2]?.value).toBe('not stated');
  });
});
