import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal } from '../fixtures/sample-deal.js';

// A small pool: cut-off 1,000,000.00 gives A 800,000, B 80,000, C 50,000; threshold 15,000.00; 1 % is 10,000.00.
const small = (): PaidDeal => new PaidDeal(compileText(undefined, 100_000_000n));

describe('cumulative-net-loss trigger', () => {
  it('is off at exactly the threshold: regular principal stays pro rata', () => {
    const deal = small();
    // losses 15,000.00 = 1.5 %, not above it
    const { summary } = deal.pay({
      poolOpening: 100_000_000n,
      poolClosing: 95_000_000n,
      principalCollected: 3_500_000n,
      interestCollected: 1_000_000n,
      chargeOffs: 1_500_000n,
    });
    expect(summary.triggers['cumulativeNetLoss']).toEqual({
      unit: 'money',
      value: 1_500_000n,
      threshold: 1_500_000n,
      distance: 0n,
      on: false,
    });
    expect(summary.tranches['B']?.principalPaid).toBeGreaterThan(0n);
  });

  it('switches to sequential on the date on which it is passed, and stays so after recoveries', () => {
    const deal = small();
    const first = deal.pay({
      poolOpening: 100_000_000n,
      poolClosing: 95_000_000n,
      principalCollected: 3_499_999n,
      interestCollected: 1_000_000n,
      chargeOffs: 1_500_001n,
    });
    expect(first.summary.triggers['cumulativeNetLoss']).toMatchObject({ value: 1_500_001n, on: true });
    // notes 930,000 − (950,000 − 71,250) = 51,250.00, all to A; cash: 44,999.99 less fees and interest 2,016.67,
    // fees 1,000,000 ÷ 1200 = 833.33, ÷ 60000 = 16.67; interest A 800,000 × 0.006 × 33 ÷ 360 = 440.00, B 80,000 ×
    // 0.01 ÷ 12 = 66.67, C 50,000 × 0.015 ÷ 12 = 62.50: 44,999.99 − 833.33 − 16.67 − 440.00 − 66.67 − 62.50 = 43,580.82
    expect(first.summary.tranches['A']?.principalPaid).toBe(4_358_082n);
    expect(first.summary.tranches['B']?.principalPaid).toBe(0n);
    // Recoveries of 1,000.00 bring the measure back under the threshold; the switch is for good.
    const second = deal.pay({
      poolOpening: 95_000_000n,
      poolClosing: 94_000_000n,
      principalCollected: 1_000_000n,
      interestCollected: 600_000n,
      recoveries: 100_000n,
    });
    expect(second.summary.triggers['cumulativeNetLoss']).toMatchObject({
      value: 1_400_001n,
      distance: 99_999n,
      on: true,
    });
    expect(second.summary.tranches['B']?.principalPaid).toBe(0n);
    expect(second.summary.tranches['A']?.principalPaid).toBeGreaterThan(0n);
  });

  it('goes off again when the document says that it is not sticky', () => {
    const deal = new PaidDeal(compileText((text) => text.replace('sticky: true', 'sticky: false'), 100_000_000n));
    const pool = { poolOpening: 100_000_000n, poolClosing: 95_000_000n, interestCollected: 1_000_000n };
    expect(deal.pay({ ...pool, chargeOffs: 1_500_001n }).summary.triggers['cumulativeNetLoss']?.on).toBe(true);
    expect(deal.pay({ ...pool, recoveries: 1n }).summary.triggers['cumulativeNetLoss']?.on).toBe(false);
  });

  it('counts a reversed charge-off and a reversed recovery with their signs', () => {
    const deal = small();
    const pool = { poolOpening: 100_000_000n, poolClosing: 95_000_000n, interestCollected: 1_000_000n };
    // 20,000.00 lost and 8,000.00 recovered; then 3,000.00 of the loss and 1,000.00 of the recovery reversed
    expect(
      deal.pay({ ...pool, chargeOffs: 2_000_000n, recoveries: 800_000n }).summary.triggers['cumulativeNetLoss']?.value,
    ).toBe(1_200_000n);
    expect(
      deal.pay({ ...pool, chargeOffs: -300_000n, recoveries: -100_000n }).summary.triggers['cumulativeNetLoss']?.value,
    ).toBe(1_000_000n);
  });

  it('keeps a sequential payment in order across classes', () => {
    const deal = small();
    const { summary } = deal.pay({
      poolOpening: 100_000_000n,
      poolClosing: 5_000_000n,
      principalCollected: 93_000_000n,
      interestCollected: 1_000_000n,
      chargeOffs: 2_000_000n,
    });
    // notes 930,000 − (50,000 − max(3,750, 10,000)) = 890,000: A 800,000, B 80,000, C 10,000
    const { A, B, C } = summary.tranches;
    expect([A?.principalPaid, B?.principalPaid, C?.principalPaid]).toEqual([80_000_000n, 8_000_000n, 1_000_000n]);
  });
});
