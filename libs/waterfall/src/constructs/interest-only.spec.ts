import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

describe('an interest-only class beside a principal-only one', () => {
  const strips = (notional: string): Construct =>
    new Construct({
      tranches: `- {name: P, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}
- {name: X, amount: 1000.00 USD, notional: ${notional}, coupon: 6 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: i, interest: X, from: [collection]}
- {step: p, principal: notes.balance, to: P, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('has interest on what its formula says, and a balance that follows it', () => {
    const deal = strips('P.opening');
    // 1,000.00 × 0.5 % = 5.00; the rest of 205.00 pays P
    const first = deal.pay({ cash: 20_500n });
    expect([first.paid('X interest'), first.paid('P principal'), first.state('balance.X')]).toEqual([
      500n,
      20_000n,
      100_000n,
    ]);
    const second = deal.pay({ cash: 40_400n });
    expect([second.paid('X interest'), second.paid('P principal'), second.state('balance.X')]).toEqual([
      400n,
      40_000n,
      80_000n,
    ]);
    expect(second.paid('P interest')).toBe(0n);
  });

  it('ends the date at the balance then, when its formula speaks of balances', () => {
    const first = strips('P.balance').pay({ cash: 20_500n });
    expect([first.paid('X interest'), first.state('balance.X')]).toEqual([500n, 80_000n]);
    // … and of something that steps do not change
    const mixed = strips('"min(P.balance, P.original)"').pay({ cash: 20_500n });
    expect([mixed.paid('X interest'), mixed.state('balance.X')]).toEqual([500n, 80_000n]);
  });

  it('does not count in the balance of the notes', () => {
    // 1,000.00 are outstanding, not 2,000.00
    const first = strips('P.opening').pay({ cash: 300_000n });
    expect([first.paid('P principal'), first.paid('residual')]).toEqual([100_000n, 199_500n]);
  });
});
