import { describe, expect, it } from '@jest/globals';
import { stressLosses } from './stressed-losses.js';

const cents = (...values: number[]): Float64Array => Float64Array.from(values);

describe('collections with more losses', () => {
  // 1,000.00, of which 100.00 defaults (10 %), 270.00 is repaid and 630.00 is left, which is repaid on the second date.
  const table = {
    firstPeriod: 1,
    rows: 2,
    columns: {
      poolOpening: cents(100_000, 63_000),
      poolClosing: cents(63_000, 0),
      principalCollected: cents(27_000, 63_000),
      interestCollected: cents(1_000, 630),
      chargeOffs: cents(10_000, 0),
      recoveries: cents(4_000, 0),
      euribor: cents(0.02, 0.03),
    },
  };

  it('are the collections themselves at one time the default rate', () => {
    expect(stressLosses(table, 1)).toEqual(table);
  });

  it('pay what the loans pay that do not default, and tie', () => {
    // Twice 10 % defaults: 80 % do not, where 90 % did not; all they pay is 8/9 of what is given.
    const { columns } = stressLosses(table, 2);
    expect([...(columns['chargeOffs'] ?? [])]).toEqual([20_000, 0]);
    expect([...(columns['recoveries'] ?? [])]).toEqual([8_000, 0]);
    expect([...(columns['principalCollected'] ?? [])]).toEqual([24_000, 56_000]);
    expect([...(columns['interestCollected'] ?? [])]).toEqual([889, 560]);
    expect(columns['poolOpening']?.[1]).toBeCloseTo(56_000, 6);
    // 1,000.00 − 240.00 − 200.00
    expect(columns['poolClosing']?.[0]).toBeCloseTo(56_000, 6);
    expect(columns['euribor']).toEqual(table.columns.euribor);
  });

  it('leave nothing when all of the pool defaults', () => {
    const { columns } = stressLosses(table, 25);
    expect([...(columns['chargeOffs'] ?? [])]).toEqual([100_000, 0]);
    expect([...(columns['principalCollected'] ?? [])]).toEqual([0, 0]);
    expect(columns['poolOpening']?.[1]).toBe(0);
  });
});
