import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const RATE = 1_000_000_000_000n;
const percent = (n: bigint): bigint => (n * RATE) / 100n;

describe('a coupon under an available-funds cap', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, availableFundsCap: netRate, dayCount: 30/360, accrual: unadjusted}`,
      report: 'netRate: rate',
      steps: `- {step: i, interest: A, from: [collection]}
- {step: c, carryover: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: note, compute: {carried: A.carryover}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('carries the difference over with interest at the coupon, and pays it later', () => {
    const afc = deal();
    // 9 % of 12 %: 7.50 paid, 2.50 carried over
    const first = afc.pay({ cash: 750n, netRate: percent(9n) });
    expect([first.paid('A interest'), first.state('carryover.A'), first.value('carried')]).toEqual([750n, 250n, 250n]);
    expect([first.value('A.rate'), first.state('shortfall.A')]).toEqual([percent(9n), 0n]);
    // 2.50 × 1 % = 0.025 → 0.03; again 2.50 more: 5.03, of which 1.00 is paid
    const second = afc.pay({ cash: 850n, netRate: percent(9n) });
    expect([second.value('carried'), second.state('carryover.A')]).toEqual([503n, 403n]);
    // 4.03 × 1 % = 0.04; the cap is above the coupon
    const third = afc.pay({ cash: 5_000n, netRate: percent(15n) });
    expect([third.paid('A interest'), third.state('carryover.A')]).toEqual([1_407n, 0n]);
    expect(third.value('A.rate')).toBe(percent(12n));
  });

  it('a cap of zero leaves no interest and carries all of it over', () => {
    const first = deal().pay({ cash: 0n, netRate: 0n });
    expect([first.value('A.interestDue'), first.state('carryover.A')]).toEqual([0n, 1_000n]);
  });
});

describe('interest that a prepayment shortfall lessens', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, reduceInterest: ppis, dayCount: 30/360, accrual: unadjusted}`,
      report: 'ppis: money',
      steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('is not owed later', () => {
    const reduced = deal();
    const first = reduced.pay({ cash: 5_000n, ppis: 130n });
    expect([first.paid('A interest'), first.state('shortfall.A')]).toEqual([870n, 0n]);
    expect(reduced.pay({ cash: 5_000n }).paid('A interest')).toBe(1_000n);
  });

  it('shows what there was no interest for, and leaves an earlier shortfall owed', () => {
    const reduced = deal();
    reduced.pay({ cash: 400n });
    // 10.06 of this date are gone, 6.00 of the last are still owed; 1.94 reduce nothing
    const second = reduced.pay({ cash: 5_000n, ppis: 1_200n });
    expect([second.value('A.interestDue'), second.paid('A interest')]).toEqual([0n, 600n]);
    const slot = reduced.compiled.symbols.indexOf('A.reductionIgnored');
    expect(second.run.slots[slot]).toBe(194n);
  });
});
