import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal } from '../fixtures/sample-deal.js';

// Cut-off 1,000,000.00: A 800,000, B 80,000, C 50,000; reserve 10,000.00.
const small = (): PaidDeal => new PaidDeal(compileText(undefined, 100_000_000n));
const STILL = { poolOpening: 100_000_000n, poolClosing: 100_000_000n };

describe('interest shortfall', () => {
  it('carries forward with interest, and fees without', () => {
    const deal = small();
    // Nothing is collected. The reserve of 10,000.00 pays fees 833.33 + 16.67 and interest A 440.00; of the first priority
    // principal, A − pool = 800,000 − 790,000 = 10,000.00, it pays what it has left, 8,710.00
    const first = deal.pay({ poolOpening: 100_000_000n, poolClosing: 79_000_000n });
    expect(first.summary.fees['servicing']).toEqual({ due: 83_333n, paid: 83_333n, short: 0n });
    expect(first.summary.tranches['A']).toMatchObject({ interestPaid: 44_000n, principalPaid: 871_000n });
    expect(first.summary.accounts['reserve']).toEqual({ opening: 1_000_000n, in: 0n, out: 1_000_000n, closing: 0n });
    // B is owed 66.67 and C 62.50, and nothing is left
    expect(first.summary.tranches['B']).toMatchObject({
      interestDue: 6_667n,
      interestPaid: 0n,
      interestShortfall: 6_667n,
    });
    expect(first.summary.tranches['C']).toMatchObject({
      interestDue: 6_250n,
      interestPaid: 0n,
      interestShortfall: 6_250n,
    });
    const second = deal.pay({ poolOpening: 79_000_000n, poolClosing: 79_000_000n });
    // fees 790,000 ÷ 1200 = 658.33, ÷ 60000 = 13.17, unpaid; interest B (80,000 + 66.67) × 0.01 ÷ 12 = 66.7222 + 66.67
    expect(second.summary.fees).toEqual({
      servicing: { due: 65_833n, paid: 0n, short: 65_833n },
      trustee: { due: 1_317n, paid: 0n, short: 1_317n },
    });
    expect(second.summary.tranches['B']?.interestShortfall).toBe(13_339n);
    // C (50,000 + 62.50) × 0.015 ÷ 12 = 62.578125 + 62.50 = 125.08
    expect(second.summary.tranches['C']?.interestShortfall).toBe(12_508n);
    const third = deal.pay({ poolOpening: 79_000_000n, poolClosing: 79_000_000n, interestCollected: 10_000_000n });
    // the fee owed is 658.33 + 658.33, no interest on it
    expect(third.summary.fees['servicing']).toEqual({ due: 131_666n, paid: 131_666n, short: 0n });
    // B (80,000 + 133.39) × 0.01 ÷ 12 = 66.7778… + 133.39 = 200.17
    expect(third.summary.tranches['B']).toMatchObject({
      interestDue: 20_017n,
      interestPaid: 20_017n,
      interestShortfall: 0n,
    });
  });
});

describe('reserve', () => {
  it('pays what collections cannot, in order, and is filled again before regular principal', () => {
    const deal = small();
    // 1,000.00 collected; fees 850.00 leave 150.00; interest A 440.00 takes 290.00 of the reserve, B 66.67, C 62.50
    const first = deal.pay({ ...STILL, interestCollected: 100_000n });
    expect(first.summary.accounts['reserve']).toEqual({ opening: 1_000_000n, in: 0n, out: 41_917n, closing: 958_083n });
    expect(first.summary.residual).toBe(0n);
    // 1,000,000 − 75,000 < 930,000: 5,000 of regular principal would be due, but the reserve is no source of it
    expect(first.summary.tranches['A']?.principalPaid).toBe(0n);
    // second month A accrues 29 days: 386.67; collections 1,500.00 − 850.00 − 386.67 − 66.67 − 62.50 = 134.16
    const second = deal.pay({ ...STILL, interestCollected: 150_000n });
    expect(second.summary.accounts['reserve']).toEqual({ opening: 958_083n, in: 13_416n, out: 0n, closing: 971_499n });
    expect(second.summary.tranches['A']?.principalPaid).toBe(0n);
  });
});

describe('priority principal', () => {
  it('pays what each class is under water, senior first, and counts against regular principal', () => {
    const deal = small();
    // pool 790,000: first 800,000 − 790,000 = 10,000 to A; second 880,000 − 790,000 − 10,000 = 80,000: A; third
    // 930,000 − 790,000 − 90,000 = 50,000: A. Regular 930,000 − (790,000 − 59,250) = 199,250 − 140,000 = 59,250 pro rata
    const { summary, run } = deal.pay({
      poolOpening: 100_000_000n,
      poolClosing: 79_000_000n,
      principalCollected: 21_000_000n,
      interestCollected: 1_000_000n,
    });
    const due = (id: string): bigint => {
      const step = deal.compiled.steps.find((known) => known.id === id);
      return run.slots[step?.due ?? -1] ?? -1n;
    };
    expect(due('firstPriorityPrincipal')).toBe(1_000_000n);
    expect(due('secondPriorityPrincipal')).toBe(8_000_000n);
    expect(due('thirdPriorityPrincipal')).toBe(5_000_000n);
    expect(due('regularPrincipal')).toBe(5_925_000n);
    // A 800,000 − 140,000 = 660,000 of 790,000 left: floor(59,250 × 66/79) = 49,500.00; B 9,750 × 8/13 = 6,000.00
    const { A, B, C } = summary.tranches;
    expect([A?.principalPaid, B?.principalPaid, C?.principalPaid]).toEqual([18_950_000n, 600_000n, 375_000n]);
    // 220,000 − 850.00 − 569.17 − 199,250 = 19,330.83
    expect(summary.residual).toBe(1_933_083n);
  });

  it('goes on to B when A is paid off, and no class below zero', () => {
    const deal = small();
    const { summary } = deal.pay({ poolOpening: 100_000_000n, poolClosing: 0n, principalCollected: 85_000_000n });
    // 850,000 + 10,000 − 850.00 − interest A 440.00 − first 800,000 to A; interest B 66.67; second 80,000 to B:
    // 860,000 − 850.00 − 440.00 − 800,000 − 66.67 = 58,643.33 to B, nothing for C
    const { A, B, C } = summary.tranches;
    expect([A?.closing, B?.principalPaid, C?.principalPaid]).toEqual([0n, 5_864_333n, 0n]);
    expect(C?.interestShortfall).toBe(6_250n);
  });

  it('pays nothing more on notes that are paid off', () => {
    const deal = small();
    deal.pay({ poolOpening: 100_000_000n, principalCollected: 100_000_000n });
    const { summary } = deal.pay({ recoveries: 5_000n });
    expect(Object.values(summary.tranches).map(({ closing, interestDue }) => [closing, interestDue])).toEqual([
      [0n, 0n],
      [0n, 0n],
      [0n, 0n],
    ]);
    expect(summary.residual).toBe(5_000n);
  });
});
