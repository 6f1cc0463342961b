import { describe, expect, it } from '@jest/globals';
import { rolledInCents } from './rolled-in-cents.js';

const columns = (of: Record<string, number[]>): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(of).map(([name, values]) => [name, Float64Array.from(values)]));

const inCents = (of: Record<string, number[]>, flows: string[]): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(rolledInCents(columns(of), flows)).map(([name, values]) => [name, Array.from(values, (x) => x + 0)]),
  );

const FLOWS = ['scheduledPrincipal', 'prepayments', 'principalCollected', 'chargeOffs', 'recoveries', 'losses'];

/** 100.00 that falls by 17.01125 twice; then the rest defaults. */
const POOL = {
  poolOpening: [10_000, 8_298.875, 6_597.75],
  scheduledPrincipal: [1_000.375, 1_000.375, 0],
  prepayments: [500.25, 500.25, 0],
  principalCollected: [1_500.625, 1_500.625, 0],
  chargeOffs: [200.5, 200.5, 6_597.75],
  recoveries: [100.25, 100.25, 0],
  losses: [100.25, 100.25, 6_597.75],
  poolClosing: [8_298.875, 6_597.75, 0],
};

describe('a pool in cents', () => {
  it('rolls: what takes from the balance makes up the fall of the rounded one', () => {
    // The balance is 82.99, 65.98 and nothing, so 17.01, 17.01 and 65.98 are taken. Of the first 17.01, whole cents are
    // 1,000 + 500 + 200; the one left goes to .5, the charge-offs. Then 1,000.75, 500.5 and 200.0 are wanted: to .75.
    // Of the charge-offs' 2.01, recoveries and losses want 100.25 each: the cent to the first; then 99.5 and 100.5 of 2.00.
    expect(inCents(POOL, FLOWS)).toEqual({
      poolOpening: [10_000, 8_299, 6_598],
      scheduledPrincipal: [1_000, 1_001, 0],
      prepayments: [500, 500, 0],
      principalCollected: [1_500, 1_501, 0],
      chargeOffs: [201, 200, 6_598],
      recoveries: [101, 100, 0],
      losses: [100, 100, 6_598],
      poolClosing: [8_299, 6_598, 0],
    });
  });

  it('rolls by recoveries and losses where loans stay in the balance until they are liquidated', () => {
    // 4.4 and 5.6 cents of 10, of loans that defaulted before: 4 and 6.
    const held = { poolOpening: [10], chargeOffs: [0], recoveries: [4.375], losses: [5.625], poolClosing: [0] };
    expect(inCents(held, FLOWS)).toMatchObject({ recoveries: [4], losses: [6], poolClosing: [0] });
  });

  it('liquidates the cents that were charged off, so many dates later', () => {
    const later = {
      poolOpening: [1_000, 899.5, 799],
      principalCollected: [0, 0, 799],
      chargeOffs: [100.5, 100.5, 0],
      recoveries: [0, 50.25, 50.25],
      losses: [0, 50.25, 50.25],
      poolClosing: [899.5, 799, 0],
    };
    // 899.5 is 900: 100 are charged off, then 101. Halves of 100: both are .25 above, so none is left; of 101: one to the first.
    expect(inCents(later, FLOWS)).toMatchObject({
      chargeOffs: [100, 101, 0],
      recoveries: [0, 50, 51],
      losses: [0, 50, 50],
    });
  });

  it('has net interest and servicing make up the interest', () => {
    // 9.75 and 19.5 so far are 10 and 20; 0.75 and 1.5 are 1 and 2.
    const interest = { interestCollected: [10.5, 10.5], netInterest: [9.75, 9.75], servicing: [0.75, 0.75] };
    expect(inCents(interest, Object.keys(interest))).toEqual({
      interestCollected: [11, 11],
      netInterest: [10, 10],
      servicing: [1, 1],
    });
  });

  it('leaves balances alone that its flows do not explain', () => {
    const apart = { poolOpening: [100.5], principalCollected: [10.5], poolClosing: [70.25] };
    expect(inCents(apart, FLOWS)).toEqual({ poolOpening: [100.5], principalCollected: [11], poolClosing: [70.25] });
  });
});
