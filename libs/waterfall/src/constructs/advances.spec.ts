import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

/** Interest of 10.00 a month on a class of 1,000.00, 4.00 of servicing. */
const open = (draw: string): Construct =>
  new Construct({
    tranches: '- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}',
    report: 'advanced: money\nlost: flag\ncompensation: money\nrepurchases: money',
    collections: `items: [cash, compensation, repurchases, advances.draw]
account: collection
suspense: suspense`,
    blocks: `facilities: {advances: {provider: servicer, draw: "${draw}"}}
fees: {servicing: {payee: servicer, amount: 4.00 USD}}`,
    steps: `- {step: reimburse, repay: advances, from: [collection], when: cash > 0.00 USD}
- {step: fee, fee: servicing, from: [collection]}
- {step: i, interest: A, from: [collection]}
- {step: p, principal: repurchases, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
  });

describe('servicer advances', () => {
  it('come in when collections lack, and are reimbursed before all else', () => {
    const deal = open('advanced');
    const first = deal.pay({ advanced: 1_400n });
    expect([first.remittance, first.paid('A interest'), first.paid('servicing')]).toEqual([1_400n, 1_000n, 400n]);
    expect([first.paid('advances'), first.state('drawn.advances')]).toEqual([0n, 1_400n]);
    // 14.00 back first, then 4.00 of fee; 2.00 of 10.00 of interest
    const second = deal.pay({ cash: 2_000n });
    expect([second.paid('advances'), second.paid('servicing'), second.paid('A interest')]).toEqual([
      1_400n,
      400n,
      200n,
    ]);
    expect(second.state('drawn.advances')).toBe(0n);
  });

  it('are not made when they could not be recovered', () => {
    const deal = open('if(lost, 0.00 USD, advanced)');
    const first = deal.pay({ advanced: 1_400n, lost: 1n });
    expect([first.remittance, first.state('drawn.advances'), first.state('shortfall.A')]).toEqual([0n, 0n, 1_000n]);
  });

  it('what the servicer compensates and the sponsor buys back is collected like all else', () => {
    const first = open('advanced').pay({ cash: 1_000n, compensation: 400n, repurchases: 25_000n });
    expect([first.remittance, first.paid('A interest'), first.paid('A principal')]).toEqual([26_400n, 1_000n, 25_000n]);
  });
});
