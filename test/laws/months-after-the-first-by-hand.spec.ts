import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Paid, PaidDeal } from '../../libs/waterfall/fixtures/sample-deal.js';

// The sample deal goes on after the first payment date of the real tape, which leaves A 144,462,814.84, B 14,446,183.15,
// C 9,028,004.04 and a full reserve of 1,836,394.04 (hand arithmetic in libs/waterfall). What comes then is invented.
const JULY = {
  poolOpening: 18_363_940_443n,
  poolClosing: 18_155_351_571n,
  interestCollected: 162_147_824n,
  principalCollected: 208_588_872n,
};

const STEPS = ['firstPriorityPrincipal', 'secondPriorityPrincipal', 'thirdPriorityPrincipal', 'regularPrincipal'];
let deal: PaidDeal;
let august: Paid;
let september: Paid;
let october: Paid;

beforeAll(() => {
  deal = new PaidDeal();
  deal.pay(JULY);
  // 181,553,515.71 − 60,000.00 of principal − 41,493,515.71 charged off = 140,000,000.00
  august = deal.pay({
    poolOpening: 18_155_351_571n,
    poolClosing: 14_000_000_000n,
    interestCollected: 12_000_000n,
    principalCollected: 6_000_000n,
    chargeOffs: 4_149_351_571n,
  });
  september = deal.pay({
    poolOpening: 14_000_000_000n,
    poolClosing: 13_700_000_000n,
    interestCollected: 100_000_000n,
    principalCollected: 300_000_000n,
    recoveries: 2_500_000_000n,
  });
  october = deal.pay({
    poolOpening: 13_700_000_000n,
    poolClosing: 13_600_000_000n,
    interestCollected: 90_000_000n,
    principalCollected: 100_000_000n,
    recoveries: 1_500_000_000n,
  });
});

const dues = ({ run }: Paid): bigint[] =>
  STEPS.map((id) => run.slots[deal.compiled.steps.find((step) => step.id === id)!.due!]!);
const each = ({ summary }: Paid, what: 'interestDue' | 'interestPaid' | 'principalPaid' | 'closing'): bigint[] =>
  ['A', 'B', 'C'].map((name) => summary.tranches[name]![what]);
const fees = ({ summary }: Paid): bigint[] => ['servicing', 'trustee'].map((name) => summary.fees[name]!.paid);

describe('second payment date: 180,000.00 collected, 41,493,515.71 charged off', () => {
  it('pays fees and 25,679.51 of interest A from collections, and 44,144.18 of it from the reserve', () => {
    // 181,553,515.71 ÷ 1,200 = 151,294.5964…; ÷ 60,000 = 3,025.8919…; 180,000.00 − 154,320.49 = 25,679.51
    expect(fees(august)).toEqual([15_129_460n, 302_589n]);
    // 144,462,814.84 × 0.006 × 29 ÷ 360 = 69,823.6938…, of which 69,823.69 − 25,679.51 = 44,144.18
    expect(each(august, 'interestPaid')).toEqual([6_982_369n, 0n, 0n]);
  });

  it('spends the rest of the reserve on first-priority principal', () => {
    // 1,836,394.04 − 44,144.18 = 1,792,249.86 of 144,462,814.84 − 140,000,000 = 4,462,814.84;
    // second 144,462,814.84 + 14,446,183.15 − 140,000,000 − 4,462,814.84 = 14,446,183.15; third 9,028,004.04;
    // regular 167,937,002.03 − (140,000,000 − 10,500,000) − 27,937,002.03 = 10,500,000
    expect(dues(august)).toEqual([446_281_484n, 1_444_618_315n, 902_800_404n, 1_050_000_000n]);
    expect(each(august, 'principalPaid')).toEqual([179_224_986n, 0n, 0n]);
    expect(each(august, 'closing')).toEqual([14_267_056_498n, 1_444_618_315n, 902_800_404n]);
    expect(august.summary.accounts['reserve']).toEqual({
      opening: 183_639_404n,
      in: 0n,
      out: 183_639_404n,
      closing: 0n,
    });
    expect(august.summary.residual).toBe(0n);
  });

  it('leaves B and C short of all their interest', () => {
    // 14,446,183.15 × 0.01 ÷ 12 = 12,038.4859…; 9,028,004.04 × 0.015 ÷ 12 = 11,285.00505
    expect(each(august, 'interestDue')).toEqual([6_982_369n, 1_203_849n, 1_128_501n]);
    expect([august.state('shortfall.A'), august.state('shortfall.B'), august.state('shortfall.C')]).toEqual([
      0n,
      1_203_849n,
      1_128_501n,
    ]);
  });

  it('trips the trigger and accounts for every cent', () => {
    expect(august.summary.triggers['cumulativeNetLoss']).toMatchObject({ value: 4_149_351_571n, on: true });
    // 1,836,394.04 + 180,000.00 = 151,294.60 + 3,025.89 + 69,823.69 + 1,792,249.86
    const cash = 201_639_404n;
    expect(august.summary.conservation).toEqual({ openingPlusDeposits: cash, paymentsPlusClosing: cash });
  });
});

describe('third payment date: 4,000,000.00 collected, 25,000,000.00 recovered', () => {
  it('pays interest on the interest that was short', () => {
    // fees 140,000,000 ÷ 1,200 = 116,666.67 and ÷ 60,000 = 2,333.33; A 142,670,564.98 × 0.006 × 30 ÷ 360 = 71,335.2824…
    // B (14,446,183.15 + 12,038.49) × 0.01 ÷ 12 = 12,048.5180…, + 12,038.49 = 24,087.01
    // C (9,028,004.04 + 11,285.01) × 0.015 ÷ 12 = 11,299.1113…, + 11,285.01 = 22,584.12
    expect(fees(september)).toEqual([11_666_667n, 233_333n]);
    expect(each(september, 'interestDue')).toEqual([7_133_528n, 2_408_701n, 2_258_412n]);
    expect(each(september, 'interestPaid')).toEqual([7_133_528n, 2_408_701n, 2_258_412n]);
  });

  it('pays all priority principal to A, and the last of it as far as the cash goes', () => {
    // first 142,670,564.98 − 137,000,000; second 157,116,748.13 − 137,000,000 − first; third 166,144,752.17 − 137,000,000
    // − first and second; regular 166,144,752.17 − (137,000,000 − 10,275,000) − 29,144,752.17
    expect(dues(september)).toEqual([567_056_498n, 1_444_618_315n, 902_800_404n, 1_027_500_000n]);
    // 29,000,000 − 119,000.00 − 71,335.28 − 24,087.01 − 22,584.12 = 28,762,993.59
    expect(each(september, 'principalPaid')).toEqual([2_876_299_359n, 0n, 0n]);
    expect(each(september, 'closing')).toEqual([11_390_757_139n, 1_444_618_315n, 902_800_404n]);
    expect(september.summary.accounts['reserve']!.closing).toBe(0n);
    // 41,493,515.71 − 25,000,000.00
    expect(september.summary.triggers['cumulativeNetLoss']).toMatchObject({ value: 1_649_351_571n, on: true });
  });
});

describe('fourth payment date: 1,900,000.00 collected, 15,000,000.00 recovered', () => {
  it('stays sequential though net losses are below the trigger again', () => {
    // 16,493,515.71 − 15,000,000.00 = 1,493,515.71 < 2,754,591.06
    expect(october.summary.triggers['cumulativeNetLoss']).toMatchObject({ value: 149_351_571n, on: true });
    // third 137,381,758.58 − 136,000,000; regular 137,381,758.58 − (136,000,000 − 10,200,000) − 1,381,758.58
    expect(dues(october)).toEqual([0n, 0n, 138_175_858n, 1_020_000_000n]);
    expect(each(october, 'principalPaid')).toEqual([1_158_175_858n, 0n, 0n]);
  });

  it('fills the reserve before regular principal, and pays what is left to the sponsor', () => {
    // 15 November is a Sunday: 32 days; 113,907,571.39 × 0.006 × 32 ÷ 360 = 60,750.7047…; B and C as in August
    expect(each(october, 'interestPaid')).toEqual([6_075_070n, 1_203_849n, 1_128_501n]);
    expect(october.summary.accounts['reserve']).toEqual({
      opening: 0n,
      in: 183_639_404n,
      out: 0n,
      closing: 183_639_404n,
    });
    // 16,900,000 − 114,166.67 − 2,283.33 − 60,750.70 − 12,038.49 − 11,285.01 − 1,381,758.58 − 1,836,394.04 − 10,200,000
    expect(october.summary.residual).toBe(328_132_318n);
  });
});
