import { describe, expect, it } from '@jest/globals';
import type { Deal } from '@weir/deal';
import { combinationsOf, sumOfShares, withBalance } from './combinations.js';

const HALF = 500_000_000_000n;
const THIRD = 333_333_333_333n;
const classOf = (name: string, original: bigint, notional = false) => ({
  name,
  label: `Class ${name}`,
  original,
  notional,
});
const TRANCHES = [classOf('P', 10_001n), classOf('IO', 99_999n, true), classOf('Z', 301n)];

const combined = (of: { tranche: string; share: bigint }[]) =>
  combinationsOf({ combinations: [{ name: 'E', of }] } as unknown as Deal, TRANCHES);

describe('exchangeable classes', () => {
  it('have the sum of their shares, each rounded down to the cent', () => {
    const of = [
      { tranche: 0, share: HALF },
      { tranche: 1, share: THIRD },
    ];
    // half of 100.01 is 50.005; a third of 3.01 is 1.0033…
    expect(sumOfShares(of, (tranche) => [10_001n, 301n][tranche] ?? 0n)).toBe(5_000n + 100n);
    expect(sumOfShares([], () => 1n)).toBe(0n);
  });

  it('have the balance of their classes that are no notional ones', () => {
    const made = combined([
      { tranche: 'Z', share: HALF },
      { tranche: 'IO', share: HALF },
    ]);
    // half of 3.01
    expect(made).toEqual([
      {
        name: 'E',
        notional: false,
        original: 150n,
        of: [
          { tranche: 2, share: HALF },
          { tranche: 1, share: HALF },
        ],
      },
    ]);
    expect(withBalance(made[0]!, TRANCHES)).toEqual([{ tranche: 2, share: HALF }]);
  });

  it('are notional when all of their classes are', () => {
    const made = combined([{ tranche: 'IO', share: HALF }]);
    // half of 999.99
    expect(made).toMatchObject([{ notional: true, original: 49_999n }]);
    expect(withBalance(made[0]!, TRANCHES)).toEqual([{ tranche: 1, share: HALF }]);
  });
});
