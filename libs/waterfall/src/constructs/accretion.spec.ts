import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

describe('an accrual class', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: `- {name: A, amount: 30.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}
- {name: Z, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: accrete, capitalise: Z, when: A.balance > 0}
- {step: interestZ, interest: Z, from: [collection]}
- {step: p, principal: accrete.paid, to: [A, Z], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('adds its interest to its balance and pays it to the others as principal, until they are paid off', () => {
    const z = deal();
    // 10.00, then 10.10, then 10.20 (1,020.10 × 1 % = 10.201)
    const first = z.pay({ cash: 1_000n });
    expect([first.state('balance.Z'), first.paid('A principal'), first.paid('Z interest')]).toEqual([
      101_000n,
      1_000n,
      0n,
    ]);
    const second = z.pay({ cash: 1_010n });
    expect([second.state('balance.Z'), second.paid('A principal')]).toEqual([102_010n, 1_010n]);
    // A takes its last 9.90 and the accretion's other 0.30 go to Z itself
    const third = z.pay({ cash: 1_020n });
    expect([third.state('balance.Z'), third.paid('A principal'), third.paid('Z principal')]).toEqual([
      103_030n - 30n,
      990n,
      30n,
    ]);
    // 1,030.00 × 1 %: paid as interest from now on
    const fourth = z.pay({ cash: 5_000n });
    expect([fourth.paid('Z interest'), fourth.state('balance.Z'), fourth.paid('residual')]).toEqual([
      1_030n,
      103_000n,
      3_970n,
    ]);
  });
});

describe('payment in kind', () => {
  it('capitalises what cash did not pay, and no more', () => {
    const pik = new Construct({
      tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: i, interest: A, from: [collection]}
- {step: k, capitalise: A}
- {step: p, principal: "max(0, cash - 50.00 USD)", to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const first = pik.pay({ cash: 400n });
    expect([first.state('balance.A'), first.state('shortfall.A'), first.value('k.due')]).toEqual([100_600n, 0n, 600n]);
    // 1,006.00 × 1 % = 10.06
    const second = pik.pay({ cash: 2_000n });
    expect([second.paid('A interest'), second.value('k.due'), second.state('balance.A')]).toEqual([
      1_006n,
      0n,
      100_600n,
    ]);
  });

  it('may be limited', () => {
    const pik = new Construct({
      tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: k, capitalise: A, when: period = 1}
- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(pik.pay({ cash: 5_000n }).state('balance.A')).toBe(101_000n);
    expect(pik.pay({ cash: 5_000n }).paid('A interest')).toBe(1_010n);
  });
});
