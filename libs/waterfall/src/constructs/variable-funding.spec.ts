import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

describe('a variable funding note', () => {
  it('rises by what its holders advance, which buys loans, and bears interest on it from then on', () => {
    const deal = new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}',
      report: 'advanced: money',
      collections: `items: [cash, advanced]
account: collection
suspense: suspense`,
      steps: `- {step: draw, advance: "min(advanced, max(0, 1500.00 USD - A.balance))", to: A}
- {step: buy, pay: draw.paid, payee: sponsor, from: [collection]}
- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const first = deal.pay({ cash: 1_000n, advanced: 40_000n });
    expect([first.state('balance.A'), first.paid('buy'), first.paid('A interest')]).toEqual([
      140_000n,
      40_000n,
      1_000n,
    ]);
    // 1,400.00 × 1 %; of 200.00 more only 100.00 fit the commitment
    const second = deal.pay({ cash: 1_400n, advanced: 20_000n });
    expect([second.state('balance.A'), second.paid('buy'), second.paid('A interest')]).toEqual([
      150_000n,
      10_000n,
      1_400n,
    ]);
    expect(second.paid('residual')).toBe(10_000n);
  });
});
